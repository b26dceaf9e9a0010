package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.handover.StartPlan;
import io.kafkaflink.job.step.FirstOfKey;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A pipeline with every kind of keyed state, in two parts. The first ends with a savepoint in which each step has state; the
 * second, maybe of another pair, goes on from it, and gives what was worked out by hand for both parts together.
 */
final class StepStates {
    /** A multiple of the size of the windows. */
    private static final long START = 1_700_000_040_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka = TestKafka.get();
    private final String name;
    private final Path folder;

    StepStates(String name, Path folder) throws Exception {
        this.name = name;
        this.folder = folder;
        kafka.createTopic(name + "-in", 1);
        kafka.createTopic(name + "-out", 1);
    }

    /** Runs the first part; returns its savepoint. */
    String first() throws Exception {
        try (RunningJob job = RunningJob.start(pipeline(1), 1, folder)) {
            send(event("a", 0, 9L), event("a", 5, 1L), event("a", 12, 3L), event("z", 100, 0L));
            awaitOutput(2);
            send(event("b", 101, null), event("c", 104, 4L), event("c", 105, 7L));
            await().atMost(PATIENCE).until(() -> job.metric(FirstOfKey.METRIC) == 2);
            String savepoint = job.stopWithSavepoint();
            assertThat(values()).containsExactly(trend("a", 0, 1, 2, 12, "6.0"), trend("a", 30, 1, 2, 12, "6.0"));
            return savepoint;
        }
    }

    /**
     * Runs the second part with new uids of source and sink: the topics are others. The session of a is over, so that one
     * more of it comes, too late for its own windows but not for their corrections; b and c are open, and a record of c is a
     * repetition.
     */
    void second(String savepoint) throws Exception {
        StartPlan plan = new StartPlan(Optional.of(savepoint), true, Optional.empty());
        int before = values().size();
        try (RunningJob job = RunningJob.start(pipeline(2), 1, folder, plan)) {
            send(
                    event("a", 13, 5L),
                    event("c", 112, 6L),
                    event("c", 120, 2L),
                    event("b", 118, 5L),
                    event("y", 1000, 0L));
            awaitOutput(before + 8);
            assertThat(job.metric(FirstOfKey.METRIC)).isEqualTo(1);
            job.stopWithSavepoint();
        }
        assertThat(values().subList(before, values().size()))
                .containsExactlyInAnyOrder(
                        trend("a", 0, 2, 3, 12, "5.5"),
                        trend("a", 30, 2, 3, 12, "5.5"),
                        trend("z", 60, 1, 1, 0, "0.0"),
                        trend("z", 90, 1, 1, 0, "0.0"),
                        trend("b", 90, 1, 2, 17, "5.0"),
                        trend("b", 120, 1, 2, 17, "5.0"),
                        trend("c", 90, 1, 2, 16, "3.0"),
                        trend("c", 120, 1, 2, 16, "3.0"));
    }

    private JobConfiguration pipeline(int generation) {
        Window sessions = new Window(
                "user",
                null,
                null,
                new Window.Session("20s"),
                null,
                List.of(
                        Metric.count("events"),
                        Metric.duration("ms"),
                        Metric.min("least", "n"),
                        Metric.max("most", "n"),
                        Metric.avg("mean", "n"),
                        Metric.distinct("kinds", "n")));
        Window trend = new Window(
                "user",
                null,
                new Window.Sliding("60s", "30s"),
                null,
                "10m",
                List.of(
                        Metric.count("sessions"),
                        Metric.sum("events", "events"),
                        Metric.max("longest", "ms"),
                        Metric.avg("mean", "mean")));
        JobConfiguration base = TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(
                                new Field("user", FieldType.String),
                                new Field("time", FieldType.Long),
                                new Field("n", FieldType.Long)),
                        TestPipeline.EARLIEST),
                new EventTime(EventTime.Timestamp.Field, "time", "0s", "30s"),
                List.of(
                        Transform.of("first", new Transform.Deduplicate("user", "10s")),
                        Transform.of("sessions", sessions),
                        Transform.of("trend", trend)),
                TestPipeline.sink(name, TestPipeline.JSON, null, Delivery.Guarantee.AtLeastOnce));
        return new JobConfiguration(
                base.formatVersion(),
                base.namespace(),
                base.name(),
                base.flinkVersion(),
                base.connectorVersion(),
                base.kafka(),
                base.source(),
                base.eventTime(),
                base.transforms(),
                base.sinks(),
                new Uids("source-" + generation, Map.of("main", "sink-main-" + generation)));
    }

    private static String event(String user, long second, Long n) {
        return "{\"user\":\"" + user + "\",\"time\":" + (START + second * 1000) + ",\"n\":" + n + "}";
    }

    private static String trend(String user, long start, int sessions, int events, int longest, String mean) {
        return "{\"user\":\"" + user + "\",\"windowStart\":" + (START + start * 1000) + ",\"windowEnd\":"
                + (START + (start + 60) * 1000) + ",\"sessions\":" + sessions + ",\"events\":" + events
                + ",\"longest\":" + longest * 1000 + ",\"mean\":" + mean + "}";
    }

    private void send(String... events) {
        kafka.produce(Arrays.stream(events)
                .map(event -> new ProducerRecord<byte[], byte[]>(name + "-in", 0, null, event.getBytes(UTF_8)))
                .toList());
    }

    private void awaitOutput(int records) {
        await().atMost(PATIENCE).until(() -> values().size() >= records);
    }

    private List<String> values() {
        return kafka.readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
