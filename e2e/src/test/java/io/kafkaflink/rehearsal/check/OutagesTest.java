package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private final Outages outages = new Outages();

    @Test
    @DisplayName("the longest pause that touches the change, not the longest of the run")
    void longestAroundTheChange() {
        LongStream.of(9_000, 0, 1_000, 2_000, 7_500, 8_000, 30_000).forEach(outages::appended);

        assertThat(outages.longest(Instant.ofEpochMilli(2_500), Instant.ofEpochMilli(9_000)))
                .isEqualTo(Duration.ofMillis(21_000));
        assertThat(outages.longest(Instant.ofEpochMilli(2_500), Instant.ofEpochMilli(7_900)))
                .isEqualTo(Duration.ofMillis(5_500));
        assertThat(outages.longest(Instant.ofEpochMilli(0), Instant.ofEpochMilli(1_500)))
                .isEqualTo(Duration.ofMillis(1_000));
    }

    @Test
    @DisplayName("many records, in no order")
    void many() {
        for (int i = 4_999; i >= 0; i--) {
            outages.appended(i * 10L);
        }

        assertThat(outages.longest(Instant.EPOCH, Instant.ofEpochMilli(50_000))).isEqualTo(Duration.ofMillis(10));
    }
}
