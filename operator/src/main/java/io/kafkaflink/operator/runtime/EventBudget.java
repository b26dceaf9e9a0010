package io.kafkaflink.operator.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many Events a pipeline may still send: a burst, then one a period, so that a flapping pipeline cannot flood the
 * API server. Remembers the pipelines heard of last, at most {@value #REMEMBERED}.
 */
final class EventBudget {
    static final int BURST = 25;
    static final Duration PERIOD = Duration.ofSeconds(20);
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, Tokens> tokens = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tokens> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Tokens(int left, Instant filledAt) {}

    EventBudget(Clock clock) {
        this.clock = clock;
    }

    /** Takes one from the pipeline's budget; false when there is none left. */
    synchronized boolean take(String pipeline) {
        Instant now = clock.instant();
        Tokens filled = filled(tokens.getOrDefault(pipeline, new Tokens(BURST, now)), now);
        tokens.put(pipeline, new Tokens(Math.max(0, filled.left() - 1), filled.filledAt()));
        return filled.left() > 0;
    }

    private static Tokens filled(Tokens before, Instant now) {
        long periods = Duration.between(before.filledAt(), now).dividedBy(PERIOD);
        if (periods <= 0) {
            return before;
        }
        boolean full = before.left() + periods >= BURST;
        return full
                ? new Tokens(BURST, now)
                : new Tokens(before.left() + (int) periods, before.filledAt().plus(PERIOD.multipliedBy(periods)));
    }
}
