package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.step.FirstOfKey;
import io.kafkaflink.job.step.LateRecords;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.Projection;
import io.kafkaflink.model.Projection.Literal;
import io.kafkaflink.model.Projection.Output;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of step over a few records, with results that were worked out by hand. One partition keeps their order. */
class StepsIT {
    /** A multiple of every window's size below. */
    private static final long START = 1_700_000_040_000L;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("project: fields chosen, renamed and fixed, and later steps see them with their types")
    void projects() throws Exception {
        Projection projection = new Projection(List.of(
                new Output("who", "user", null),
                new Output("n", null, null),
                new Output("twice", "n", null),
                new Output("site", null, new Literal(null, "shop")),
                new Output("share", null, new Literal(FieldType.Double, "0.5")),
                new Output("weight", null, new Literal(FieldType.Long, "-3")),
                new Output("test", null, new Literal(FieldType.Boolean, "true"))));
        JobConfiguration pipeline = pipeline(
                "project",
                "5s",
                Transform.of("few", projection),
                Transform.of("some", new Transform.Filter("twice > 1 && share < 0.6 && test && weight == -3")),
                Transform.of("seen", new Transform.KeyedCount("who", null)));
        try (RunningJob job = start(pipeline)) {
            send("project", record("a", 0, 1L), record("b", 0, 2L), record(null, 0, 3L), record("b", 0, null));
            send("project", record("b", 0, 9L));
            awaitOutput("project", 3);
            job.stopWithSavepoint();
        }
        String fixed = ",\"site\":\"shop\",\"share\":0.5,\"weight\":-3,\"test\":true";
        assertThat(values("project"))
                .containsExactly(
                        "{\"who\":\"b\",\"n\":2,\"twice\":2" + fixed + ",\"count\":1}",
                        "{\"who\":null,\"n\":3,\"twice\":3" + fixed + ",\"count\":1}",
                        "{\"who\":\"b\",\"n\":9,\"twice\":9" + fixed + ",\"count\":2}");
    }

    @Test
    @DisplayName("session: records out of order make one session; duration and metrics also over a savepoint")
    void sessions() throws Exception {
        JobConfiguration pipeline = pipeline(
                "session",
                "40s",
                Transform.of(
                        "sessions",
                        new Window(
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
                                        Metric.distinct("kinds", "n")))));
        String savepoint;
        try (RunningJob job = start(pipeline)) {
            send("session", record("a", 0, 9L), record("a", 35, 2L), record("b", 1, null), record("c", 39, 4L));
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = RunningJob.start(pipeline, 1, folder, savepoint)) {
            // 0 and 35 are two sessions until 18 comes between them; 56 is more than the gap behind 35.
            send("session", record("a", 18, 2L), record("a", 56, 1L), record("end", 1000, 0L));
            awaitOutput("session", 4);
            job.stopWithSavepoint();
        }
        assertThat(values("session"))
                .containsExactlyInAnyOrder(
                        session("a", 0, 35, 3, "2", "9", "4.333333333333333", 2),
                        session("a", 56, 56, 1, "1", "1", "1.0", 1),
                        session("b", 1, 1, 1, "null", "null", "null", 0),
                        session("c", 39, 39, 1, "4", "4", "4.0", 1));
    }

    private static String session(
            String user, long first, long last, int events, String least, String most, String mean, int kinds) {
        return bounds(user, first, last + 20) + ",\"events\":" + events + ",\"ms\":" + (last - first) * 1000
                + ",\"least\":" + least + ",\"most\":" + most + ",\"mean\":" + mean + ",\"kinds\":" + kinds + "}";
    }

    @Test
    @DisplayName("sliding, with allowed lateness: a late record corrects its windows, and what is later is counted")
    void slidesAndCorrects() throws Exception {
        JobConfiguration pipeline = pipeline(
                "sliding",
                "0s",
                Transform.of(
                        "counts",
                        new Window(
                                "user",
                                null,
                                new Window.Sliding("20s", "10s"),
                                null,
                                "1m",
                                List.of(Metric.count("n")))));
        try (RunningJob job = start(pipeline)) {
            send("sliding", record("a", 5, 0L), record("end", 65, 0L));
            awaitOutput("sliding", 2);
            send("sliding", record("a", 6, 0L));
            awaitOutput("sliding", 4);
            send("sliding", record("end", 200, 0L));
            awaitOutput("sliding", 6);
            send("sliding", record("a", 7, 0L));
            await().atMost(PATIENCE).until(() -> job.metric(LateRecords.METRIC) == 1);
            job.stopWithSavepoint();
        }
        assertThat(values("sliding"))
                .containsExactlyInAnyOrder(
                        bounds("a", -10, 10) + ",\"n\":1}",
                        bounds("a", 0, 20) + ",\"n\":1}",
                        bounds("a", -10, 10) + ",\"n\":2}",
                        bounds("a", 0, 20) + ",\"n\":2}",
                        bounds("end", 50, 70) + ",\"n\":1}",
                        bounds("end", 60, 80) + ",\"n\":1}");
    }

    @Test
    @DisplayName("deduplicate: the first of a key in event time, also over a savepoint; a key is forgotten afterwards")
    void deduplicates() throws Exception {
        String savepoint;
        try (RunningJob job = start(deduplication("10s"))) {
            send(
                    "first",
                    record("a", 30, 1L),
                    record("a", 35, 2L),
                    record("b", 35, 3L),
                    record("b", 26, 4L),
                    record(null, 31, 5L),
                    record(null, 32, 6L),
                    record("a", 40, 7L),
                    record("a", 49, 8L));
            await().atMost(PATIENCE).until(() -> job.metric(FirstOfKey.METRIC) == 4);
            savepoint = job.stopWithSavepoint();
        }
        // The span may change: what is kept is when the last one was.
        try (RunningJob job = RunningJob.start(deduplication("20s"), 1, folder, savepoint)) {
            send("first", record("a", 59, 9L), record("a", 60, 10L), record("b", 56, 11L), record("end", 500, 12L));
            awaitOutput("first", 7);
            assertThat(job.metric(FirstOfKey.METRIC)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> {
                send("first", record("a", 61, 13L));
                return numbers("first").contains(13L);
            });
            job.stopWithSavepoint();
        }
        assertThat(numbers("first")).startsWith(1L, 3L, 5L, 7L, 10L, 11L, 12L).endsWith(13L);
    }

    @Test
    @DisplayName("flatten: one record for each member of an array, also when rows cross the network before")
    void flattens() throws Exception {
        JobConfiguration pipeline = pipeline(
                "flatten",
                "5s",
                TestPipeline.json(
                        new Field("id", FieldType.Long),
                        new Field("time", FieldType.Long),
                        new Field(
                                "lines",
                                FieldType.Array,
                                new Field.Items(
                                        null,
                                        List.of(
                                                new Field.Member("sku", FieldType.String),
                                                new Field.Member("n", FieldType.Long)))),
                        new Field("tags", FieldType.Array, new Field.Items(FieldType.String, null))),
                Transform.of("spread", new Transform.Rebalance()),
                Transform.of("line", new Transform.Flatten("lines")),
                Transform.of("some", new Transform.Filter("n > 1")));
        try (RunningJob job = start(pipeline)) {
            String time = ",\"time\":" + START;
            send(
                    "flatten",
                    "{\"id\":1" + time
                            + ",\"lines\":[{\"sku\":\"a\",\"n\":2},{\"sku\":\"b\",\"n\":1}],\"tags\":[\"x\",null]}",
                    "{\"id\":2" + time + ",\"lines\":[],\"tags\":[\"y\"]}",
                    "{\"id\":3" + time + ",\"tags\":[\"z\"]}",
                    "{\"id\":4" + time + ",\"lines\":[{\"n\":3,\"other\":[1]},{\"sku\":\"d\",\"n\":4}]}");
            awaitOutput("flatten", 3);
            job.stopWithSavepoint();
        }
        String time = ",\"time\":" + START;
        assertThat(values("flatten"))
                .containsExactly(
                        "{\"id\":1" + time + ",\"sku\":\"a\",\"n\":2,\"tags\":[\"x\",null]}",
                        "{\"id\":4" + time + ",\"sku\":null,\"n\":3,\"tags\":null}",
                        "{\"id\":4" + time + ",\"sku\":\"d\",\"n\":4,\"tags\":null}");
    }

    private static JobConfiguration deduplication(String within) {
        return pipeline("first", "1m", Transform.of("first", new Transform.Deduplicate("user", within)));
    }

    private static JobConfiguration pipeline(String name, String disorder, Transform... steps) {
        Format events = TestPipeline.json(
                new Field("user", FieldType.String), new Field("time", FieldType.Long), new Field("n", FieldType.Long));
        return pipeline(name, disorder, events, steps);
    }

    private static JobConfiguration pipeline(String name, String disorder, Format format, Transform... steps) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, format, TestPipeline.EARLIEST),
                new EventTime(EventTime.Timestamp.Field, "time", disorder, "30s"),
                Arrays.asList(steps),
                TestPipeline.sink(name, TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce));
    }

    private RunningJob start(JobConfiguration pipeline) throws Exception {
        kafka.createTopic(pipeline.name() + "-in", 1);
        kafka.createTopic(pipeline.name() + "-out", 1);
        return RunningJob.start(pipeline, 1, folder);
    }

    private static String record(String user, long second, Long n) {
        return "{\"user\":" + (user == null ? "null" : "\"" + user + "\"") + ",\"time\":" + (START + second * 1000)
                + ",\"n\":" + n + "}";
    }

    private static String bounds(String user, long start, long end) {
        return "{\"user\":\"" + user + "\",\"windowStart\":" + (START + start * 1000) + ",\"windowEnd\":"
                + (START + end * 1000);
    }

    private void send(String name, String... records) {
        kafka.produce(Arrays.stream(records)
                .map(record -> new ProducerRecord<byte[], byte[]>(name + "-in", 0, null, record.getBytes(UTF_8)))
                .toList());
    }

    private void awaitOutput(String name, int records) {
        await().atMost(PATIENCE).until(() -> values(name).size() >= records);
    }

    private List<String> values(String name) {
        return kafka.readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private List<Long> numbers(String name) {
        return values(name).stream()
                .map(value -> Long.valueOf(value.replaceFirst(".*\"n\":([0-9]+)}$", "$1")))
                .toList();
    }
}
