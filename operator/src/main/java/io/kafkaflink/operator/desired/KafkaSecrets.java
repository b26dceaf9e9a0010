package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.TlsSpec.TrustedCertificate;
import java.util.List;
import java.util.TreeSet;

/** The Secrets that {@code kafka.tls} and {@code kafka.authentication} name, mounted into every pod of the job. */
final class KafkaSecrets {
    /** What is under it is ours. */
    static final String FOLDER = "/opt/kafkaflink/secrets";
    /** Volumes are numbered, since a Secret's own name may be longer than a volume's. */
    static final String VOLUME_PREFIX = "kafkaflink-secret-";

    private KafkaSecrets() {}

    /** Each Secret once, in the order of their names. */
    static List<SecretMount> of(KafkaSpec kafka) {
        if (kafka == null) {
            return List.of();
        }
        TreeSet<String> all = new TreeSet<>();
        if (kafka.tls() != null) {
            kafka.tls().trustedCertificates().stream()
                    .map(TrustedCertificate::secretName)
                    .forEach(all::add);
        }
        if (kafka.authentication() != null) {
            all.add(kafka.authentication().secretName());
        }
        List<String> names = List.copyOf(all);
        return names.stream()
                .map(name -> new SecretMount(VOLUME_PREFIX + (names.indexOf(name) + 1), folder(name), name))
                .toList();
    }

    /** Where the pods have it. */
    static String folder(String secretName) {
        return FOLDER + "/" + secretName;
    }

    /** How a client property refers to a key of it. */
    static String reference(String secretName, String key) {
        return "${dir:" + folder(secretName) + ":" + key + "}";
    }
}
