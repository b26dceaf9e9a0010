package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.AuthenticationSpec;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.TlsSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Client properties for {@code kafka.tls} and {@code kafka.authentication}. What is secret in them stays in mounted Secrets:
 * the properties only refer to files, which Kafka's clients read by their DirectoryConfigProvider.
 */
final class KafkaSecurity {
    /** What a Strimzi KafkaUser's Secret calls it, and Kafka's clients too. */
    static final String LOGIN = "sasl.jaas.config";

    private static final String AUTHENTICATION = "spec.kafka.authentication";
    private static final String TRUSTED = "spec.kafka.tls.trustedCertificates";
    private static final String TRUSTSTORE = "ssl.truststore.";
    private static final String PROVIDER = "org.apache.kafka.common.config.provider.DirectoryConfigProvider";

    private KafkaSecurity() {}

    /**
     * @param kafka the spec
     * @param certificates public certificates (PEM) of the listener's authority, empty for none
     * @return properties beside the user's; what those say about truststore and security.protocol wins
     */
    static Map<String, String> properties(KafkaSpec kafka, List<String> certificates) {
        Map<String, String> all = new TreeMap<>();
        Set<String> users = kafka.properties().keySet();
        boolean tls = kafka.tls() != null || !certificates.isEmpty();
        AuthenticationSpec authentication = kafka.authentication();
        boolean sasl = authentication != null && login(authentication) != null;
        if (tls || sasl) {
            all.put("security.protocol", sasl ? (tls ? "SASL_SSL" : "SASL_PLAINTEXT") : "SSL");
        }
        if (tls && users.stream().noneMatch(key -> key.startsWith(TRUSTSTORE))) {
            all.putAll(truststore(kafka.tls(), certificates));
        }
        if (authentication != null) {
            all.putAll(identity(authentication));
        }
        if (!KafkaSecrets.of(kafka).isEmpty()) {
            all.put("config.providers", "dir");
            all.put("config.providers.dir.class", PROVIDER);
            all.put("config.providers.dir.param.allowed.paths", KafkaSecrets.FOLDER);
        }
        all.keySet().removeAll(users);
        return all;
    }

    /** The spec's own authorities, else the listener's; none of both leaves the decision to Java. */
    private static Map<String, String> truststore(TlsSpec tls, List<String> certificates) {
        String pem = tls == null || tls.trustedCertificates().isEmpty()
                ? certificates.stream()
                        .map(certificate -> certificate.strip() + "\n")
                        .collect(Collectors.joining())
                : tls.trustedCertificates().stream()
                        .map(trusted -> KafkaSecrets.reference(trusted.secretName(), trusted.certificate()))
                        .collect(Collectors.joining("\n"));
        return pem.isEmpty() ? Map.of() : Map.of(TRUSTSTORE + "type", "PEM", TRUSTSTORE + "certificates", pem);
    }

    private static Map<String, String> identity(AuthenticationSpec authentication) {
        return switch (authentication.type()) {
            case Tls ->
                Map.of(
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.certificate.chain",
                        file(authentication, authentication.certificate(), "user.crt"),
                        "ssl.keystore.key",
                        file(authentication, authentication.key(), "user.key"));
            case ScramSha512 -> Map.of("sasl.mechanism", "SCRAM-SHA-512", LOGIN, login(authentication));
            case Plain -> Map.of("sasl.mechanism", "PLAIN", LOGIN, login(authentication));
            case Kerberos ->
                Map.of(
                        "sasl.mechanism",
                        "GSSAPI",
                        LOGIN,
                        login(authentication),
                        "sasl.kerberos.service.name",
                        Objects.requireNonNullElse(authentication.serviceName(), "kafka"));
            case Custom -> Map.of();
        };
    }

    /** How the clients log in; null for ways without SASL. */
    private static String login(AuthenticationSpec authentication) {
        return switch (authentication.type()) {
            case ScramSha512 ->
                authentication.username() == null
                        ? KafkaSecrets.reference(authentication.secretName(), LOGIN)
                        : withPassword("scram.ScramLoginModule", authentication);
            case Plain -> withPassword("plain.PlainLoginModule", authentication);
            case Kerberos ->
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true"
                        + " doNotPrompt=true keyTab=\"" + KafkaSecrets.folder(authentication.secretName())
                        + "/keytab\" principal=\"" + authentication.principal() + "\";";
            case Tls, Custom -> null;
        };
    }

    private static String withPassword(String module, AuthenticationSpec authentication) {
        return "org.apache.kafka.common.security." + module + " required username=\"" + authentication.username()
                + "\" password=\"" + file(authentication, authentication.passwordKey(), "password") + "\";";
    }

    private static String file(AuthenticationSpec authentication, String key, String otherwise) {
        return KafkaSecrets.reference(authentication.secretName(), Objects.requireNonNullElse(key, otherwise));
    }

    /** The field of the spec that decides a property, for {@link RefusedFields}; empty for the user's to set. */
    static Optional<String> decidedBy(KafkaSpec kafka, String property) {
        AuthenticationSpec authentication = kafka.authentication();
        if (property.startsWith("config.providers") && !KafkaSecrets.of(kafka).isEmpty()) {
            return Optional.of(authentication == null ? TRUSTED : AUTHENTICATION);
        }
        if (property.startsWith(TRUSTSTORE)
                && kafka.tls() != null
                && !kafka.tls().trustedCertificates().isEmpty()) {
            return Optional.of(TRUSTED);
        }
        if (authentication == null || authentication.type() == AuthenticationSpec.Type.Custom) {
            return Optional.empty();
        }
        boolean decided = property.equals("security.protocol")
                || identity(authentication).containsKey(property)
                || authentication.type() == AuthenticationSpec.Type.Tls && property.startsWith("ssl.keystore.");
        return decided ? Optional.of(AUTHENTICATION) : Optional.empty();
    }
}
