package io.kafkaflink.operator.desired;

import java.util.Map;

/**
 * A Secret of the pipeline's namespace as a folder in the Flink containers. The operator names it and never reads it.
 *
 * @param name of the volume in the pod
 * @param path of the folder
 * @param secretName the Secret
 */
record SecretMount(String name, String path, String secretName) {
    /** Readable for Flink's group, which the pod's fsGroup makes the files' own, and for nobody else. */
    private static final int MODE = 0440;

    /** For the pod's {@code volumes}. */
    Map<String, Object> volume() {
        return Map.of("name", name, "secret", Map.of("secretName", secretName, "defaultMode", MODE));
    }

    /** For a container's {@code volumeMounts}. */
    Map<String, Object> mount() {
        return Map.of("name", name, "mountPath", path, "readOnly", true);
    }

    /** One key of it as a file elsewhere. */
    Map<String, Object> file(String key, String elsewhere) {
        return Map.of("name", name, "mountPath", elsewhere, "subPath", key, "readOnly", true);
    }
}
