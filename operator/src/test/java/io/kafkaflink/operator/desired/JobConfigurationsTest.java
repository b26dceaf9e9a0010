package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobConfigurationsTest {
    private static final KafkaAccess TLS = new KafkaAccess("kafka:9093", List.of("one\n", "two"));
    private final GoldenCase minimal = GoldenCase.read(GoldenCase.ROOT.resolve("minimal"));

    @Test
    @DisplayName("a listener's certificates become a truststore, unless the user says otherwise")
    void trust() {
        assertThat(properties(TLS, Map.of()))
                .isEqualTo(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", "one\ntwo\n"));
        assertThat(properties(TLS, Map.of("security.protocol", "SASL_SSL")))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsKey("ssl.truststore.certificates");
        assertThat(properties(TLS, Map.of("ssl.truststore.location", "/trust.pem")))
                .as("Kafka refuses a location beside certificates")
                .isEqualTo(Map.of("security.protocol", "SSL", "ssl.truststore.location", "/trust.pem"));
        assertThat(properties(new KafkaAccess("kafka:9092", List.of()), Map.of()))
                .isEmpty();
    }

    @Test
    @DisplayName("identities carry the operator's prefix, and a chosen group id does not")
    void identities() {
        OperatorDefaults defaults = new OperatorDefaults(Map.of(), null, "flink", "eu-1");
        GoldenCase secure = GoldenCase.read(GoldenCase.ROOT.resolve("listener-with-tls"));
        GoldenCase generator = GoldenCase.read(GoldenCase.ROOT.resolve("generator-source"));

        assertThat(GroupIds.of(minimal.pipeline(), minimal.spec(), defaults)).isEqualTo("eu-1.shop.clicks");
        assertThat(GroupIds.of(secure.pipeline(), secure.spec(), defaults)).isEqualTo("orders-reader");
        assertThat(GroupIds.of(generator.pipeline(), generator.spec(), defaults))
                .isNull();
        assertThat(TransactionalIdPrefixes.of(minimal.pipeline(), "main", defaults))
                .isEqualTo("eu-1.shop.clicks.main.");
        assertThatThrownBy(() -> new OperatorDefaults(Map.of(), null, "flink", "eu.prod"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'eu.prod'");
    }

    static Stream<Path> examples() throws IOException {
        return Files.list(Path.of("../k8s/examples"))
                .filter(file -> file.toString().endsWith(".yaml"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("examples")
    @DisplayName("every example is carried out")
    void rendered(Path example) throws IOException {
        PipelineSpec spec = GoldenCase.pipeline(Files.readString(example)).getSpec();

        assertThat(RefusedFields.of(spec)).isEmpty();
        assertThat(JobConfigurationCheck.violations(configuration(spec, TLS))).isEmpty();
    }

    private Map<String, String> properties(KafkaAccess access, Map<String, String> users) {
        PipelineSpec spec = minimal.spec();
        var kafka = new KafkaSpec(null, "kafka:9092", null, null, null, users);
        PipelineSpec changed = new PipelineSpec(
                spec.suspend(),
                spec.deletionPolicy(),
                kafka,
                spec.source(),
                spec.eventTime(),
                spec.transforms(),
                spec.sinks(),
                spec.flink(),
                spec.state(),
                spec.upgrade());
        return configuration(changed, access).kafka().properties();
    }

    private JobConfiguration configuration(PipelineSpec spec, KafkaAccess access) {
        return JobConfigurations.of(
                minimal.pipeline(),
                spec,
                access,
                GroupIds.of(minimal.pipeline(), spec, GoldenCase.DEFAULTS),
                GoldenCase.firstUids(spec),
                spec.source().ends() && spec.source().kafka() != null
                        ? spec.source().kafka().topics().stream()
                                .collect(Collectors.toMap(Topic::name, Topic::partitions))
                        : Map.of(),
                GoldenCase.DEFAULTS);
    }
}
