package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The Secrets that sinks name, mounted into every pod of the job. */
final class SinkSecrets {
    /** What is under it is ours. */
    static final String FOLDER = "/etc/kafkaflink/sinks";

    private static final String VOLUME_PREFIX = "kafkaflink-sink-";

    private SinkSecrets() {}

    /** In the order of the sinks' names. */
    static List<SecretMount> of(Collection<SinkSpec> sinks) {
        return sinks.stream()
                .filter(sink -> sink.jdbc() != null && sink.jdbc().secretName() != null)
                .map(sink -> new SecretMount(
                        VOLUME_PREFIX + sink.name(),
                        folder(sink.name()),
                        sink.jdbc().secretName()))
                .sorted(Comparator.comparing(SecretMount::name))
                .toList();
    }

    /** Where the pods have the Secret of a sink. */
    static String folder(String sink) {
        return FOLDER + "/" + sink;
    }
}
