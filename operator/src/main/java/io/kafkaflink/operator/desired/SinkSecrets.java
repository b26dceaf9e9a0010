package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The Secrets that sinks name, mounted into every pod of the job; the operator itself never reads them.
 *
 * @param bySink in the order of the sinks' names
 */
record SinkSecrets(List<SinkSecret> bySink) {
    private static final String VOLUME_PREFIX = "kafkaflink-sink-";

    /** What is under it is ours. */
    static final String FOLDER = "/etc/kafkaflink/sinks";

    /** Readable for Flink's group, which the pod's fsGroup makes the files' own, and for nobody else. */
    private static final int MODE = 0440;

    record SinkSecret(String sink, String secretName) {}

    static SinkSecrets of(Collection<SinkSpec> sinks) {
        return new SinkSecrets(sinks.stream()
                .filter(sink -> sink.jdbc() != null && sink.jdbc().secretName() != null)
                .map(sink -> new SinkSecret(sink.name(), sink.jdbc().secretName()))
                .sorted(Comparator.comparing(SinkSecret::sink))
                .toList());
    }

    /** Where the pods have the Secret of a sink. */
    static String folder(String sink) {
        return FOLDER + "/" + sink;
    }

    /** Whether a volume of that name is one of these. */
    boolean owns(String volume) {
        return bySink.stream().anyMatch(each -> volume.equals(VOLUME_PREFIX + each.sink()));
    }

    List<Object> volumes() {
        List<Object> volumes = new ArrayList<>();
        bySink.forEach(each -> volumes.add(Map.of(
                "name",
                VOLUME_PREFIX + each.sink(),
                "secret",
                Map.of("secretName", each.secretName(), "defaultMode", MODE))));
        return volumes;
    }

    List<Object> mounts() {
        List<Object> mounts = new ArrayList<>();
        bySink.forEach(each -> mounts.add(
                Map.of("name", VOLUME_PREFIX + each.sink(), "mountPath", folder(each.sink()), "readOnly", true)));
        return mounts;
    }
}
