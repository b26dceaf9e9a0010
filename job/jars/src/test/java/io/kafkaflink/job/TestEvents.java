package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events of users through some steps, from one partition of JSON to another, which keeps their order.
 *
 * @param folder of savepoints and checkpoints
 */
record TestEvents(Path folder) {
    /** A multiple of every window's size in these tests, in epoch milliseconds. */
    static final long START = 1_700_000_040_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Fields user, time and n. */
    static JobConfiguration pipeline(String name, String disorder, Transform... steps) {
        Format events = TestPipeline.json(
                new Field("user", FieldType.String), new Field("time", FieldType.Long), new Field("n", FieldType.Long));
        return pipeline(name, disorder, events, steps);
    }

    static JobConfiguration pipeline(String name, String disorder, Format format, Transform... steps) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, format, TestPipeline.EARLIEST),
                new EventTime(EventTime.Timestamp.Field, "time", disorder, "30s"),
                Arrays.asList(steps),
                TestPipeline.sink(name, TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce));
    }

    /** @param second since {@link #START} */
    static String record(String user, long second, Long n) {
        return "{\"user\":" + (user == null ? "null" : "\"" + user + "\"") + ",\"time\":" + (START + second * 1000)
                + ",\"n\":" + n + "}";
    }

    /** The beginning of a window's result. */
    static String bounds(String user, long start, long end) {
        return "{\"user\":\"" + user + "\",\"windowStart\":" + (START + start * 1000) + ",\"windowEnd\":"
                + (START + end * 1000);
    }

    RunningJob start(JobConfiguration pipeline) throws Exception {
        TestKafka.get().createTopic(pipeline.name() + "-in", 1);
        TestKafka.get().createTopic(pipeline.name() + "-out", 1);
        return RunningJob.start(pipeline, 1, folder);
    }

    RunningJob resume(JobConfiguration pipeline, String savepoint) throws Exception {
        return RunningJob.start(pipeline, 1, folder, savepoint);
    }

    void send(String name, String... records) {
        TestKafka.get()
                .produce(Arrays.stream(records)
                        .map(record ->
                                new ProducerRecord<byte[], byte[]>(name + "-in", 0, null, record.getBytes(UTF_8)))
                        .toList());
    }

    void awaitOutput(String name, int records) {
        await().atMost(PATIENCE).until(() -> values(name).size() >= records);
    }

    List<String> values(String name) {
        return TestKafka.get().readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
