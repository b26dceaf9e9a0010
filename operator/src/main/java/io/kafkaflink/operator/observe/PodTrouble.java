package io.kafkaflink.operator.observe;

/**
 * What keeps a pod from starting, or what keeps one from being made.
 *
 * @param pod name of the pod; of the FlinkDeployment when there is none
 * @param reason one of our reason words
 * @param message for people: what was found, what was expected and what to do
 */
public record PodTrouble(String pod, String reason, String message) {}
