package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorTest {
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 4", "5, 8", "6, 10", "1000, 10"})
    void waitsLongerAfterEachQuickEnd(int quickEnds, int seconds) {
        assertThat(Supervisor.delay(quickEnds)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
