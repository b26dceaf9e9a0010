package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimespanTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "15m, PT15M", "2h, PT2H", "7d, PT168H", "0s, PT0S"})
    void parses(String text, Duration duration) {
        assertThat(Timespan.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-5s", "1.5s", "5 s", "5S", "5sec", "1234567890s", "5s\n", "٥s"})
    void refuses(String text) {
        assertThatThrownBy(() -> Timespan.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a time span");
    }
}
