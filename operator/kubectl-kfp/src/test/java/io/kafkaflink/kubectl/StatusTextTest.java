package io.kafkaflink.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each golden folder has a status as kubectl shows it, and what {@code kubectl kfp status} makes of it. */
class StatusTextTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"upgrading", "rolled-back"})
    void golden(String name) throws IOException {
        KafkaFlinkPipeline pipeline = new KubernetesSerialization()
                .unmarshal(Files.readString(GOLDEN.resolve(name + ".yaml")), KafkaFlinkPipeline.class);
        String text = new StatusText("KafkaFlinkPipeline shop/clicks", 4L, pipeline.getStatus(), NOW) + "\n";
        Path expected = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    @Test
    @DisplayName("a resource that nobody has looked at yet says so")
    void untouched() {
        assertThat(new StatusText("KafkaFlinkPipeline shop/clicks", 1L, PipelineStatus.EMPTY, NOW).toString())
                .isEqualTo(
                        "KafkaFlinkPipeline shop/clicks\nGeneration 1 of the spec was not looked at yet; what follows"
                                + " is of no look at all");
    }

    @Test
    void noSavepoint() {
        assertThat(SavepointsCommand.text(List.of())).startsWith("No savepoint is known");
    }
}
