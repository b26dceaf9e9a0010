package io.kafkaflink.operator.observe;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why pods do not start. The kubelet and the scheduler say it in the pod; what keeps pods from being made at all, and
 * volumes from being mounted, stands in FKO's error, which quotes the Deployment's condition and the pod's events
 * (FLINK-37470).
 */
enum PodFault {
    QUOTA_EXCEEDED(
            PodTrouble.QUOTA_EXCEEDED,
            Set.of(),
            "exceeded quota",
            "Raise the ResourceQuota, or lower spec.flink.jobManager.resource and spec.flink.taskManager.resource; with"
                    + " spec.upgrade.strategy: Lean the new job's TaskManagers come after the old ones are gone"),
    SERVICE_ACCOUNT_MISSING(
            PodTrouble.SERVICE_ACCOUNT_MISSING,
            Set.of(),
            "(?i)service ?account.* not found|error looking up service account",
            "Create the ServiceAccount with the rights of a Flink job, or correct spec.flink.serviceAccount"),
    VOLUME_MOUNT_FAILED(
            PodTrouble.VOLUME_MOUNT_FAILED,
            Set.of(),
            "FailedMount|FailedAttachVolume|MountVolume|Unable to attach or mount",
            "Create the Secret, ConfigMap or volume it names, or correct spec.flink.podTemplate"),
    IMAGE_PULL_FAILED(
            PodTrouble.IMAGE_PULL_FAILED,
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError"),
            "ImagePullBackOff|ErrImagePull|InvalidImageName|ErrImageNeverPull|failed to pull",
            "Correct spec.flink.image, or give the pods the registry's imagePullSecrets in spec.flink.podTemplate"),
    CONFIGURATION_MISSING(
            PodTrouble.CONFIGURATION_MISSING,
            Set.of("CreateContainerConfigError"),
            "CreateContainerConfigError",
            "Create the Secret or ConfigMap and the key it names, or correct spec.flink.podTemplate"),
    CONTAINER_FAILED(
            PodTrouble.CONTAINER_FAILED,
            Set.of("CrashLoopBackOff", "CreateContainerError", "RunContainerError", "StartError"),
            "CrashLoopBackOff|CreateContainerError|RunContainerError|StartError",
            "See the log of the container's last run (kubectl logs --previous)"),
    UNSCHEDULABLE(
            PodTrouble.UNSCHEDULABLE,
            Set.of(),
            "FailedScheduling|Unschedulable",
            "Add nodes, or lower spec.flink.jobManager.resource and spec.flink.taskManager.resource; with"
                    + " spec.upgrade.strategy: Lean less has to fit at the same time"),
    POD_REFUSED(
            PodTrouble.POD_REFUSED,
            Set.of(),
            "FailedCreate|is forbidden",
            "Change what it complains about in spec.flink.podTemplate, or the policy of the namespace");

    /** Longer messages hold the whole pod. */
    private static final int LONGEST_MESSAGE = 600;
    /** ConfigMaps that FKO makes itself, seconds after the pods that mount them (measured). */
    private static final Pattern LATE = Pattern.compile("configmap \"(pod-template|flink-config)-[^\"]*\" not found");

    private final String reason;
    private final Set<String> ofContainer;
    private final Pattern inError;
    private final String advice;

    PodFault(String reason, Set<String> ofContainer, String inError, String advice) {
        this.reason = reason;
        this.ofContainer = ofContainer;
        this.inError = Pattern.compile(inError);
        this.advice = advice;
    }

    /** @param reason why the kubelet has a container wait, may be null */
    static Optional<PodFault> ofContainer(String reason) {
        return Arrays.stream(values())
                .filter(fault -> reason != null && fault.ofContainer.contains(reason))
                .findFirst();
    }

    /** The first whose words stand in an error of FKO's; the more exact ones come first. */
    static Optional<PodFault> ofError(FlinkJobState.Error error) {
        String text = error.reason() + ": " + error.message();
        return LATE.matcher(text).find()
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(fault -> fault.inError.matcher(text).find())
                        .findFirst();
    }

    /**
     * The trouble in words.
     *
     * @param subject what it is about
     * @param found what the cluster says, may be null
     */
    PodTrouble of(String pod, String subject, String found) {
        String words = found == null || found.isBlank() ? "" : ": " + shortened(found.strip());
        return new PodTrouble(pod, reason, subject + words + ". " + advice);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " …";
    }
}
