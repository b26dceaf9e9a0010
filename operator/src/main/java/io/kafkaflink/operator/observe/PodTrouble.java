package io.kafkaflink.operator.observe;

/**
 * What keeps a pod from starting, or what keeps one from being made.
 *
 * @param pod name of the pod; of the FlinkDeployment when there is none
 * @param reason one of the words below, as conditions show it
 * @param message for people: what was found, what was expected and what to do
 */
public record PodTrouble(String pod, String reason, String message) {
    public static final String IMAGE_PULL_FAILED = "ImagePullFailed";
    public static final String CONFIGURATION_MISSING = "PodConfigurationMissing";
    public static final String VOLUME_MOUNT_FAILED = "VolumeMountFailed";
    public static final String UNSCHEDULABLE = "PodUnschedulable";
    public static final String QUOTA_EXCEEDED = "QuotaExceeded";
    public static final String SERVICE_ACCOUNT_MISSING = "ServiceAccountMissing";
    public static final String POD_REFUSED = "PodRefused";
    public static final String CONTAINER_FAILED = "ContainerFailed";
}
