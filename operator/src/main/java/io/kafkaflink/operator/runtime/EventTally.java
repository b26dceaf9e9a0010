package io.kafkaflink.operator.runtime;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each Event was sent, by its name; remembers the last {@value #REMEMBERED}. */
final class EventTally {
    private static final int REMEMBERED = 10_000;

    /** {@code first} is when the Event was sent for the first time. */
    record Count(int times, Instant first) {}

    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > REMEMBERED;
        }
    };

    synchronized Count add(String name, Instant now) {
        return counts.merge(name, new Count(1, now), (before, one) -> new Count(before.times() + 1, before.first()));
    }
}
