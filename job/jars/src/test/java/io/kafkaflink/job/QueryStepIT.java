package io.kafkaflink.job;

import static io.kafkaflink.job.TestEvents.START;
import static io.kafkaflink.job.TestEvents.pipeline;
import static io.kafkaflink.job.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.QueryStep;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries over a few records, with results that were worked out by hand. */
@Tag("every-pair")
class QueryStepIT {
    private static final String COUNTS = """
            SELECT `user`, window_start AS `start`, COUNT(*) AS n, SUM(n) AS total, AVG(CAST(n AS DOUBLE)) AS mean
            FROM TABLE(TUMBLE(TABLE input, DESCRIPTOR(event_time), INTERVAL '10' SECONDS))
            GROUP BY `user`, window_start, window_end
            """;

    @TempDir
    Path folder;

    private TestEvents events;

    @BeforeEach
    void useFolder() {
        events = new TestEvents(folder);
    }

    @Test
    @DisplayName("windows of a query go on from a savepoint, and points in time are epoch milliseconds")
    void windows() throws Exception {
        JobConfiguration pipeline = counts("query-windows", COUNTS);
        String savepoint;
        try (RunningJob job = events.start(pipeline)) {
            events.send(
                    pipeline.name(), record("a", 1, 5L), record("b", 2, null), record("a", 3, 2L), record("a", 11, 1L));
            events.awaitOutput(pipeline.name(), 0);
            savepoint = job.awaitRunning().stopWithSavepoint();
        }
        try (RunningJob job = events.resume(pipeline, savepoint)) {
            events.send(pipeline.name(), record("a", 4, 4L), record("c", 19, 9L), record("end", 100, 0L));
            events.awaitOutput(pipeline.name(), 4);
            job.stopWithSavepoint();
        }
        assertThat(events.values(pipeline.name()))
                .containsExactlyInAnyOrder(
                        count("a", 0, 3, "11", "3.6666666666666665"),
                        count("b", 0, 1, "null", "null"),
                        count("a", 10, 1, "1", "1.0"),
                        count("c", 10, 1, "9", "9.0"));
    }

    @Test
    @DisplayName("the records' event time, and a step of ours behind a query")
    void eventTime() throws Exception {
        QueryStep query = new QueryStep(
                "SELECT UPPER(`user`) AS who, event_time AS t, n > 1 AS big FROM input WHERE n IS NOT NULL",
                fields("who", FieldType.String, "t", FieldType.Long, "big", FieldType.Boolean));
        JobConfiguration pipeline = pipeline(
                "query-rows", "5s", Transform.of("q", query), Transform.of("some", new Transform.Filter("big")));
        try (RunningJob job = events.start(pipeline)) {
            events.send(pipeline.name(), record("a", 1, 1L), record("b", 2, 2L), record("c", 3, null));
            events.awaitOutput(pipeline.name(), 1);
            job.stopWithSavepoint();
        }
        assertThat(events.values(pipeline.name()))
                .containsExactly("{\"who\":\"B\",\"t\":" + (START + 2000) + ",\"big\":true}");
    }

    @Test
    @DisplayName("the same query has the same uids however often it is translated; another one has others")
    void uids() {
        List<String> first = uids(COUNTS);
        assertThat(first)
                .isEqualTo(uids(COUNTS))
                .doesNotHaveDuplicates()
                .allMatch(uid -> uid.matches("step-counts\\.[0-9a-f]{8}-[0-9]+-[a-z-]+"))
                .anyMatch(uid -> uid.endsWith("-global-window-aggregate"));
        assertThat(uids(COUNTS.replace("10", "20"))).doesNotContainAnyElementsOf(first);
    }

    @Test
    @DisplayName("a query that is none, yields other columns or changes its results is refused with the reason")
    void refused() {
        assertRefused(
                "SELEC", "sql.query cannot be run (", "reads table input with columns [user, time, n] and event_time");
        assertRefused("SELECT nobody FROM input", "Column 'nobody' not found", "it reads table input");
        assertRefused("SELECT `user`, COUNT(*) AS n FROM input GROUP BY `user`", "update", "group by windows");
        assertRefused(
                "SELECT `user`, n AS m FROM input",
                "sql.fields: found 'n' of type Long, expected a column of the query: [user STRING, m BIGINT]",
                "name the column with AS");
        assertRefused("SELECT CAST(n AS STRING) AS n, `user` FROM input", "found 'n' of type Long", "CAST it");
        assertRefused("INSERT INTO input SELECT * FROM input", "sql.query cannot be run (", "");
    }

    private static void assertRefused(String query, String... reasons) {
        QueryStep step = new QueryStep(query, fields("user", FieldType.String, "n", FieldType.Long));
        assertThatThrownBy(() -> build(pipeline("query-refused", "5s", Transform.of("q", step))))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith("step 'q'")
                .satisfies(refused -> Arrays.stream(reasons)
                        .forEach(reason -> assertThat(refused).message().containsIgnoringCase(reason)));
    }

    private static List<String> uids(String query) {
        return build(counts("query-uids", query)).getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .filter(uid -> uid.startsWith("step-counts."))
                .sorted()
                .toList();
    }

    private static StreamExecutionEnvironment build(JobConfiguration pipeline) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1);
        PipelineTopology.build(environment, pipeline, ConnectorLine.onClassPath());
        return environment;
    }

    private static JobConfiguration counts(String name, String query) {
        return pipeline(
                name,
                "5s",
                Transform.of(
                        "counts",
                        new QueryStep(
                                query,
                                fields(
                                        "user",
                                        FieldType.String,
                                        "start",
                                        FieldType.Long,
                                        "n",
                                        FieldType.Long,
                                        "total",
                                        FieldType.Long,
                                        "mean",
                                        FieldType.Double))));
    }

    private static List<Field> fields(Object... namesAndTypes) {
        return java.util.stream.IntStream.range(0, namesAndTypes.length / 2)
                .mapToObj(i -> new Field((String) namesAndTypes[2 * i], (FieldType) namesAndTypes[2 * i + 1]))
                .toList();
    }

    private static String count(String user, long start, long n, String total, String mean) {
        return "{\"user\":\"" + user + "\",\"start\":" + (START + start * 1000) + ",\"n\":" + n + ",\"total\":" + total
                + ",\"mean\":" + mean + "}";
    }
}
