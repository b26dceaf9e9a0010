package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventBudgetTest {
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final EventBudget budget = new EventBudget(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    @DisplayName("a burst, then one a period, each pipeline for itself, never more than a burst again")
    void budget() {
        assertThat(taken("a", 100)).isEqualTo(EventBudget.BURST);
        assertThat(taken("b", 1)).isEqualTo(1);

        now = now.plus(EventBudget.PERIOD.multipliedBy(3)).plusSeconds(1);
        assertThat(taken("a", 100)).isEqualTo(3);

        now = now.plus(EventBudget.PERIOD.minusSeconds(1));
        assertThat(taken("a", 100)).as("the second that was left over counts").isEqualTo(1);

        now = now.plus(Duration.ofDays(1));
        assertThat(taken("a", 100)).isEqualTo(EventBudget.BURST);
    }

    private long taken(String pipeline, int tries) {
        return IntStream.range(0, tries).filter(i -> budget.take(pipeline)).count();
    }
}
