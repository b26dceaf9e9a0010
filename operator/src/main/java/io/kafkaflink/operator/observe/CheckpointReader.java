package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the ConfigMap that Flink's Kubernetes high availability keeps for each job: {@code
 * <cluster>-<jobId>-config-map} with one {@code checkpointID-<19 digits>} a retained checkpoint.
 */
public final class CheckpointReader {
    /** The label all lines of Flink give them; {@code configmap-type: high-availability} is gone from 2.2 (measured). */
    public static final String SELECTOR = "type=flink-native-kubernetes";
    /** Prefix of the keys that name checkpoints. */
    public static final String KEY_PREFIX = "checkpointID-";

    private static final Pattern NAME = Pattern.compile("(.+)-([0-9a-f]{32})-config-map");
    private static final Pattern KEY = Pattern.compile(KEY_PREFIX + "([0-9]{1,19})");

    private CheckpointReader() {}

    /** Name of the FlinkDeployment, empty for the ConfigMap of a cluster that belongs to no job. */
    public static Optional<String> deployment(ConfigMap highAvailability) {
        return name(highAvailability).map(parts -> parts.group(1));
    }

    /** The job has completed a checkpoint, or was started from one. */
    public static boolean completed(ConfigMap highAvailability) {
        return newest(highAvailability).isPresent();
    }

    static Optional<String> jobId(ConfigMap highAvailability) {
        return name(highAvailability).map(parts -> parts.group(2));
    }

    /** Id of the newest checkpoint. */
    static OptionalLong newest(ConfigMap highAvailability) {
        return highAvailability.getData() == null
                ? OptionalLong.empty()
                : highAvailability.getData().keySet().stream()
                        .map(KEY::matcher)
                        .filter(Matcher::matches)
                        .map(parts -> number(parts.group(1)))
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .max();
    }

    private static Long number(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Optional<Matcher> name(ConfigMap highAvailability) {
        return Optional.of(NAME.matcher(highAvailability.getMetadata().getName()))
                .filter(Matcher::matches);
    }
}
