package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.handover.StartPlan;
import io.kafkaflink.job.step.FirstOfKey;
import io.kafkaflink.job.step.LateRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A pipeline with every operator, in two parts. The first ends with a savepoint in which each step has state; the second,
 * maybe of another pair, goes on from it, and gives what was worked out by hand for both parts together.
 */
final class StepStates {
    /** A multiple of the size of the windows. */
    private static final long START = 1_700_000_040_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BAD = "{\"user\":";

    private final TestKafka kafka = TestKafka.get();
    private final String name;
    private final Path folder;

    StepStates(String name, Path folder) throws Exception {
        this.name = name;
        this.folder = folder;
        for (String topic : EveryOperator.TOPICS) {
            kafka.createTopic(name + "-" + topic, 1);
        }
    }

    /**
     * Runs the first part; returns its savepoint. In it are counts and last times of every user, the part from 100 to 110 s of
     * b, c and z, an open session of e, the windows of a, which may still be corrected, and the number of late records.
     */
    String first() throws Exception {
        try (RunningJob job = RunningJob.start(new EveryOperator(name, 1).configuration(), 1, folder)) {
            send(event("a", 0, 9L), event("a", 5, 1L), event("a", 12, 3L), event("e", 95, 8L), event("z", 100, 0L));
            awaitRecords("out", 2);
            send(event("l", 3, 7L), event("b", 101, null), event("c", 104, 4L), event("c", 105, 7L), BAD);
            await().atMost(PATIENCE).until(() -> job.metric(FirstOfKey.METRIC) == 2);
            awaitRecords("late", 1);
            awaitRecords("dead", 1);
            assertThat(job.metric(LateRecords.METRIC)).isEqualTo(1);
            String savepoint = job.stopWithSavepoint();
            assertResults(List.of(trend("a", 0, 1, 2, 10, "6.0", 2), trend("a", 30, 1, 2, 10, "6.0", 2)));
            assertThat(values("late")).containsExactly(late("l", 3, 7));
            assertThat(values("dead")).containsExactly(BAD);
            return savepoint;
        }
    }

    /**
     * Runs the second part with new uids of source and sinks: the topics are others. The session of a is over, so that one
     * more of it comes, too late for its own windows but not for their corrections; parts and sessions of b, c and e are
     * open, and a record of c is a repetition.
     */
    void second(String savepoint) throws Exception {
        StartPlan plan = new StartPlan(Optional.of(savepoint), true, Optional.empty());
        try (RunningJob job = RunningJob.start(new EveryOperator(name, 2).configuration(), 1, folder, plan)) {
            send(
                    event("a", 13, 5L),
                    event("e", 108, 10L),
                    event("c", 112, 6L),
                    event("b", 118, 5L),
                    event("c", 119, 2L),
                    event("y", 1000, 0L));
            awaitRecords("out", 10);
            assertThat(job.metric(FirstOfKey.METRIC)).isEqualTo(1);
            assertThat(job.metric(LateRecords.METRIC)).isEqualTo(1);
            send(event("d", 50, 1L), BAD);
            awaitRecords("late", 1);
            awaitRecords("dead", 1);
            assertThat(job.metric(LateRecords.METRIC)).isEqualTo(2);
            job.stopWithSavepoint();
        }
        assertResults(List.of(
                trend("a", 0, 2, 3, 10, "5.5", 3),
                trend("a", 30, 2, 3, 10, "5.5", 3),
                trend("z", 90, 1, 1, 0, "0.0", 1),
                trend("z", 120, 1, 1, 0, "0.0", 1),
                trend("b", 90, 1, 2, 10, "5.0", 2),
                trend("b", 120, 1, 2, 10, "5.0", 2),
                trend("c", 90, 1, 2, 10, "3.0", 2),
                trend("c", 120, 1, 2, 10, "3.0", 2),
                trend("e", 90, 1, 2, 10, "9.0", 2),
                trend("e", 120, 1, 2, 10, "9.0", 2)));
        assertThat(values("late")).containsExactly(late("d", 50, 1));
        assertThat(values("dead")).containsExactly(BAD);
    }

    /** Every sink of results has all of them, once; none belongs to the rest. */
    private void assertResults(List<String> expected) {
        assertThat(values("out")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(values("routed")).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(values("rest")).isEmpty();
    }

    private static String event(String user, long second, Long n) {
        return "{\"user\":\"" + user + "\",\"time\":" + (START + second * 1000) + ",\"n\":" + n + ",\"tags\":[\"t\"]}";
    }

    private static String late(String user, long second, long n) {
        return "{\"user\":\"u-" + user + "\",\"time\":" + (START + second * 1000) + ",\"n\":" + n
                + ",\"tag\":\"t\",\"nth\":1}";
    }

    /** @param longest seconds between the first and the last part of a session */
    private String trend(String user, long start, int sessions, int clicks, int longest, String mean, int nth) {
        return "{\"user\":\"u-" + user + "\",\"windowStart\":" + (START + start * 1000) + ",\"sessions\":" + sessions
                + ",\"clicks\":" + clicks + ",\"longest\":" + longest * 1000 + ",\"mean\":" + mean + ",\"nth\":" + nth
                + ",\"topic\":\"" + name + "-routed\"}";
    }

    private void send(String... events) {
        kafka.produce(Arrays.stream(events)
                .map(event -> new ProducerRecord<byte[], byte[]>(name + "-in", 0, null, event.getBytes(UTF_8)))
                .toList());
    }

    private void awaitRecords(String topic, int records) {
        await().atMost(PATIENCE).until(() -> values(topic).size() >= records);
    }

    private List<String> values(String topic) {
        return kafka.readCommitted(name + "-" + topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
