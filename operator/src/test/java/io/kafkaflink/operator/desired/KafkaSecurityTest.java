package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the golden cases {@code user-*} do not show. */
class KafkaSecurityTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    @DisplayName("a pipeline that says nothing about security gets no property for it")
    void nothing() throws IOException {
        assertThat(properties("{bootstrapServers: 'k:9092'}")).isEmpty();
    }

    @Test
    @DisplayName("tls without certificates leaves it to Java whom to trust")
    void publicAuthorities() throws IOException {
        assertThat(properties("{bootstrapServers: 'k:9093', tls: {}}"))
                .containsExactly(Map.entry("security.protocol", "SSL"));
    }

    @Test
    @DisplayName("authorities of the spec take the place of the listener's")
    void ownAuthority() throws IOException {
        KafkaSpec kafka = read("{bootstrapServers: 'k:9093',"
                + " tls: {trustedCertificates: [{secretName: a, certificate: ca.crt}]}}");

        assertThat(KafkaSecurity.properties(kafka, List.of("of the listener")))
                .containsEntry("ssl.truststore.certificates", "${dir:/opt/kafkaflink/secrets/a:ca.crt}");
    }

    @Test
    @DisplayName("the keys of a KafkaAccess Secret are named")
    void otherKeys() throws IOException {
        assertThat(properties("{bootstrapServers: 'k:9093', authentication: {type: tls, secretName: access,"
                        + " certificate: ssl.keystore.crt, key: ssl.keystore.key}}"))
                .containsEntry(
                        "ssl.keystore.certificate.chain", "${dir:/opt/kafkaflink/secrets/access:ssl.keystore.crt}")
                .containsEntry("ssl.keystore.key", "${dir:/opt/kafkaflink/secrets/access:ssl.keystore.key}");
    }

    @Test
    @DisplayName("a login of the user's own making keeps its properties, and gets Secret and provider")
    void custom() throws IOException {
        KafkaSpec kafka = read("{bootstrapServers: 'k:9093', authentication: {type: custom, secretName: oauth},"
                + " properties: {security.protocol: SASL_SSL, sasl.mechanism: OAUTHBEARER}}");

        assertThat(KafkaSecurity.properties(kafka, List.of("of the listener")))
                .containsOnlyKeys(
                        "config.providers",
                        "config.providers.dir.class",
                        "config.providers.dir.param.allowed.paths",
                        "ssl.truststore.certificates",
                        "ssl.truststore.type");
        assertThat(KafkaSecurity.decidedBy(kafka, "sasl.jaas.config")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: scram-sha-512, secretName: u}             | sasl.jaas.config               | authentication
            {type: scram-sha-512, secretName: u}             | security.protocol              | authentication
            {type: scram-sha-512, secretName: u}             | config.providers.dir.class     | authentication
            {type: scram-sha-512, secretName: u}             | sasl.login.connect.timeout.ms  |
            {type: scram-sha-512, secretName: u}             | ssl.truststore.location        | tls.trustedCertificates
            {type: tls, secretName: u}                       | ssl.keystore.location          | authentication
            {type: tls, secretName: u}                       | ssl.protocol                   |
            {type: kerberos, secretName: u, principal: p}    | sasl.kerberos.service.name     | authentication
            {type: custom, secretName: u}                    | config.providers               | authentication
            {type: custom, secretName: u}                    | security.protocol              |
            """)
    @DisplayName("a property is refused beside the field that decides it, and only then")
    void decided(String authentication, String property, String field) throws IOException {
        KafkaSpec kafka = read("{bootstrapServers: 'k:9093', authentication: " + authentication
                + ", tls: {trustedCertificates: [{secretName: a, certificate: ca.crt}]}}");

        assertThat(KafkaSecurity.decidedBy(kafka, property).map(found -> found.replace("spec.kafka.", "")))
                .isEqualTo(Optional.ofNullable(field));
    }

    private static Map<String, String> properties(String kafka) throws IOException {
        return KafkaSecurity.properties(read(kafka), List.of());
    }

    private static KafkaSpec read(String kafka) throws IOException {
        return YAML.readValue(kafka, KafkaSpec.class);
    }
}
