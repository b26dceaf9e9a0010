package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.JobConfiguration;
import org.junit.jupiter.api.Test;

class RunningVersionsTest {
    private static JobConfiguration declared(String flink, String connector) {
        return new JobConfiguration(1, "n", "p", flink, connector, null, null, null, null, null, null);
    }

    @Test
    void detectsWhatIsOnTheClassPath() {
        assertThat(RunningVersions.detect().flink()).startsWith("2.2.");
        assertThat(RunningVersions.detect().connector()).isEqualTo("5.0.0-2.2");
        assertThatCode(() -> RunningVersions.detect().require(declared("v2_2", "5.0.0")))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherFlinkLine() {
        assertThatThrownBy(() -> new RunningVersions("2.20.1", "5.0.0-2.2").require(declared("v2_2", "5.0.0")))
                .isInstanceOf(JobRefused.class)
                .hasMessage("Job configuration flinkVersion: found v2_2, but Flink 2.20.1 is running; use an image of"
                        + " Flink 2.2");
    }

    @Test
    void refusesAnotherConnector() {
        assertThatThrownBy(() -> new RunningVersions("2.2.1", "5.0.01-2.2").require(declared("v2_2", "5.0.0")))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("connectorVersion: found 5.0.0, but the Kafka connector 5.0.01-2.2 is on the");
    }
}
