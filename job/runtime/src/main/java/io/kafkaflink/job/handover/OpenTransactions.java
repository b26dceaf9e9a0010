package io.kafkaflink.job.handover;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Open transactions of the sinks; those that are just being committed are given time. */
record OpenTransactions(KafkaFacts kafka) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /**
     * Lists what is open, again and again while some of it must not be.
     *
     * @param prefixes of all transactional ids
     * @param waitedFor prefixes under which none may be open
     * @return ids with states
     */
    Fact<Map<String, String>> awaitNone(Collection<String> prefixes, Collection<String> waitedFor) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Fact<Map<String, String>> open = kafka.openTransactions(prefixes);
            boolean wait = open instanceof Fact.Known<Map<String, String>> known
                    && known.value().keySet().stream()
                            .anyMatch(id -> waitedFor.stream().anyMatch(id::startsWith));
            if (!wait || System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return open;
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }
}
