package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.TlsSpec.TrustedCertificate;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Secret of the pipeline's namespace as a folder in the Flink containers. The operator names it and never reads it.
 *
 * @param volume name of the volume in the pod
 * @param secretName the Secret
 */
record SecretMount(String volume, String secretName) {
    /** Every mounted Secret is a folder in it. */
    static final String FOLDER = "/opt/kafkaflink/secrets";
    /** Beginning of the names of volumes: a Secret's own name may be longer than a volume's. */
    static final String VOLUME = "kafkaflink-secret-";

    /** What tls and authentication name, each Secret once, in the order of their names. */
    static List<SecretMount> of(KafkaSpec kafka) {
        if (kafka == null) {
            return List.of();
        }
        Stream<String> trusted = kafka.tls() == null
                ? Stream.empty()
                : kafka.tls().trustedCertificates().stream().map(TrustedCertificate::secretName);
        String user =
                kafka.authentication() == null ? null : kafka.authentication().secretName();
        List<String> names = List.copyOf(new TreeSet<>(Stream.concat(trusted, Stream.ofNullable(user))
                .filter(Objects::nonNull)
                .toList()));
        return names.stream()
                .map(name -> new SecretMount(VOLUME + (names.indexOf(name) + 1), name))
                .toList();
    }

    /** Where it is mounted. */
    String path() {
        return path(secretName);
    }

    static String path(String secretName) {
        return FOLDER + "/" + secretName;
    }

    /** How a client property refers to a key of a mounted Secret. */
    static String reference(String secretName, String key) {
        return "${dir:" + path(secretName) + ":" + key + "}";
    }
}
