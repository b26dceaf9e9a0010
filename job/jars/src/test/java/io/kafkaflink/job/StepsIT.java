package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.step.FirstOfKey;
import io.kafkaflink.job.step.LateRecords;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.Projection;
import io.kafkaflink.model.Projection.Literal;
import io.kafkaflink.model.Projection.Output;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of step over a few records, with results that were worked out by hand. One partition keeps their order. */
class StepsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestEvents events;

    @BeforeEach
    void useFolder() {
        events = new TestEvents(folder);
    }

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
        JobConfiguration pipeline = TestEvents.pipeline(
                "project",
                "5s",
                Transform.of("few", projection),
                Transform.of("some", new Transform.Filter("twice > 1 && share < 0.6 && test && weight == -3")),
                Transform.of("seen", new Transform.KeyedCount("who", null)));
        try (RunningJob job = events.start(pipeline)) {
            events.send(
                    "project",
                    TestEvents.record("a", 0, 1L),
                    TestEvents.record("b", 0, 2L),
                    TestEvents.record(null, 0, 3L),
                    TestEvents.record("b", 0, null));
            events.send("project", TestEvents.record("b", 0, 9L));
            events.awaitOutput("project", 3);
            job.stopWithSavepoint();
        }
        String fixed = ",\"site\":\"shop\",\"share\":0.5,\"weight\":-3,\"test\":true";
        assertThat(events.values("project"))
                .containsExactly(
                        "{\"who\":\"b\",\"n\":2,\"twice\":2" + fixed + ",\"count\":1}",
                        "{\"who\":null,\"n\":3,\"twice\":3" + fixed + ",\"count\":1}",
                        "{\"who\":\"b\",\"n\":9,\"twice\":9" + fixed + ",\"count\":2}");
    }

    @Test
    @DisplayName("session: records out of order make one session; duration and metrics also over a savepoint")
    void sessions() throws Exception {
        JobConfiguration pipeline = TestEvents.pipeline(
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
        try (RunningJob job = events.start(pipeline)) {
            events.send(
                    "session",
                    TestEvents.record("a", 0, 9L),
                    TestEvents.record("a", 35, 2L),
                    TestEvents.record("b", 1, null),
                    TestEvents.record("c", 39, 4L));
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = RunningJob.start(pipeline, 1, folder, savepoint)) {
            // 0 and 35 are two sessions until 18 comes between them; 56 is more than the gap behind 35.
            events.send(
                    "session",
                    TestEvents.record("a", 18, 2L),
                    TestEvents.record("a", 56, 1L),
                    TestEvents.record("end", 1000, 0L));
            events.awaitOutput("session", 4);
            job.stopWithSavepoint();
        }
        assertThat(events.values("session"))
                .containsExactlyInAnyOrder(
                        session("a", 0, 35, 3, "2", "9", "4.333333333333333", 2),
                        session("a", 56, 56, 1, "1", "1", "1.0", 1),
                        session("b", 1, 1, 1, "null", "null", "null", 0),
                        session("c", 39, 39, 1, "4", "4", "4.0", 1));
    }

    private static String session(
            String user, long first, long last, int events, String least, String most, String mean, int kinds) {
        return TestEvents.bounds(user, first, last + 20) + ",\"events\":" + events + ",\"ms\":" + (last - first) * 1000
                + ",\"least\":" + least + ",\"most\":" + most + ",\"mean\":" + mean + ",\"kinds\":" + kinds + "}";
    }

    @Test
    @DisplayName("sliding, with allowed lateness: a late record corrects its windows, and what is later is counted")
    void slidesAndCorrects() throws Exception {
        JobConfiguration pipeline = TestEvents.pipeline(
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
        try (RunningJob job = events.start(pipeline)) {
            events.send("sliding", TestEvents.record("a", 5, 0L), TestEvents.record("end", 65, 0L));
            events.awaitOutput("sliding", 2);
            events.send("sliding", TestEvents.record("a", 6, 0L));
            events.awaitOutput("sliding", 4);
            events.send("sliding", TestEvents.record("end", 200, 0L));
            events.awaitOutput("sliding", 6);
            events.send("sliding", TestEvents.record("a", 7, 0L));
            await().atMost(PATIENCE).until(() -> job.metric(LateRecords.METRIC) == 1);
            job.stopWithSavepoint();
        }
        assertThat(events.values("sliding"))
                .containsExactlyInAnyOrder(
                        TestEvents.bounds("a", -10, 10) + ",\"n\":1}",
                        TestEvents.bounds("a", 0, 20) + ",\"n\":1}",
                        TestEvents.bounds("a", -10, 10) + ",\"n\":2}",
                        TestEvents.bounds("a", 0, 20) + ",\"n\":2}",
                        TestEvents.bounds("end", 50, 70) + ",\"n\":1}",
                        TestEvents.bounds("end", 60, 80) + ",\"n\":1}");
    }

    @Test
    @DisplayName("deduplicate: the first of a key in event time, also over a savepoint; a key is forgotten afterwards")
    void deduplicates() throws Exception {
        String savepoint;
        try (RunningJob job = events.start(deduplication("10s"))) {
            events.send(
                    "first",
                    TestEvents.record("a", 30, 1L),
                    TestEvents.record("a", 35, 2L),
                    TestEvents.record("b", 35, 3L),
                    TestEvents.record("b", 26, 4L),
                    TestEvents.record(null, 31, 5L),
                    TestEvents.record(null, 32, 6L),
                    TestEvents.record("a", 40, 7L),
                    TestEvents.record("a", 49, 8L));
            await().atMost(PATIENCE).until(() -> job.metric(FirstOfKey.METRIC) == 4);
            savepoint = job.stopWithSavepoint();
        }
        // The span may change: what is kept is when the last one was.
        try (RunningJob job = RunningJob.start(deduplication("20s"), 1, folder, savepoint)) {
            events.send(
                    "first",
                    TestEvents.record("a", 59, 9L),
                    TestEvents.record("a", 60, 10L),
                    TestEvents.record("b", 56, 11L),
                    TestEvents.record("end", 500, 12L));
            events.awaitOutput("first", 7);
            assertThat(job.metric(FirstOfKey.METRIC)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> {
                events.send("first", TestEvents.record("a", 61, 13L));
                return numbers("first").contains(13L);
            });
            job.stopWithSavepoint();
        }
        assertThat(numbers("first")).startsWith(1L, 3L, 5L, 7L, 10L, 11L, 12L).endsWith(13L);
    }

    @Test
    @DisplayName("flatten: one record for each member of an array, also when rows cross the network before")
    void flattens() throws Exception {
        JobConfiguration pipeline = TestEvents.pipeline(
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
        try (RunningJob job = events.start(pipeline)) {
            String time = ",\"time\":" + TestEvents.START;
            events.send(
                    "flatten",
                    "{\"id\":1" + time
                            + ",\"lines\":[{\"sku\":\"a\",\"n\":2},{\"sku\":\"b\",\"n\":1}],\"tags\":[\"x\",null]}",
                    "{\"id\":2" + time + ",\"lines\":[],\"tags\":[\"y\"]}",
                    "{\"id\":3" + time + ",\"tags\":[\"z\"]}",
                    "{\"id\":4" + time + ",\"lines\":[{\"n\":3,\"other\":[1]},{\"sku\":\"d\",\"n\":4}]}");
            events.awaitOutput("flatten", 3);
            job.stopWithSavepoint();
        }
        String time = ",\"time\":" + TestEvents.START;
        assertThat(events.values("flatten"))
                .containsExactly(
                        "{\"id\":1" + time + ",\"sku\":\"a\",\"n\":2,\"tags\":[\"x\",null]}",
                        "{\"id\":4" + time + ",\"sku\":null,\"n\":3,\"tags\":null}",
                        "{\"id\":4" + time + ",\"sku\":\"d\",\"n\":4,\"tags\":null}");
    }

    private static JobConfiguration deduplication(String within) {
        return TestEvents.pipeline("first", "1m", Transform.of("first", new Transform.Deduplicate("user", within)));
    }

    private List<Long> numbers(String name) {
        return events.values(name).stream()
                .map(value -> Long.valueOf(value.replaceFirst(".*\"n\":([0-9]+)}$", "$1")))
                .toList();
    }
}
