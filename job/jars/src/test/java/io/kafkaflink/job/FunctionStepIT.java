package io.kafkaflink.job;

import static io.kafkaflink.job.TestEvents.pipeline;
import static io.kafkaflink.job.TestEvents.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.FunctionStep;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of users, who know nothing of ours, over a few records. */
@Tag("every-pair")
class FunctionStepIT {
    private static final List<Field> TOTAL =
            List.of(new Field("user", FieldType.String), new Field("total", FieldType.Long));

    @TempDir
    Path folder;

    private TestEvents events;

    @BeforeEach
    void useFolder() {
        events = new TestEvents(folder);
    }

    @Test
    @DisplayName("with keyBy: state and timers by key, which go on from a savepoint")
    void keyed() throws Exception {
        JobConfiguration pipeline = keyed("function-keyed");
        String savepoint;
        try (RunningJob job = events.start(pipeline)) {
            events.send(pipeline.name(), record("a", 1, 5L), record("b", 2, 7L), record("a", 3, 1L));
            events.awaitOutput(pipeline.name(), 3);
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = events.resume(pipeline, savepoint)) {
            events.send(pipeline.name(), record("a", 4, 4L), record("end", 200, 0L));
            // The timers of a and b, a minute behind their first records, and the record that made them fire.
            events.awaitOutput(pipeline.name(), 7);
            job.stopWithSavepoint();
        }
        assertThat(events.values(pipeline.name()))
                .containsExactlyInAnyOrder(
                        total("a", 5),
                        total("b", 7),
                        total("a", 6),
                        total("a", 10),
                        total("a: over", 10),
                        total("b: over", 7),
                        total("end", 0));
    }

    @Test
    @DisplayName("without keyBy: fields by name, several results of a record, and settings for the constructor")
    void unkeyed() throws Exception {
        FunctionStep repeat = new FunctionStep(TestFunctions.Repeat.class.getName(), null, Map.of("times", "2"), null);
        JobConfiguration pipeline = pipeline("function-repeat", "5s", Transform.of("repeat", repeat));
        try (RunningJob job = events.start(pipeline)) {
            events.send(pipeline.name(), record("a", 1, 5L), record("b", 2, 0L), record("c", 3, null));
            events.awaitOutput(pipeline.name(), 4);
            job.stopWithSavepoint();
        }
        assertThat(events.values(pipeline.name()))
                .containsExactly(record("a", 1, 5L), record("a", 1, 5L), record("c", 3, null), record("c", 3, null));
    }

    @Test
    @DisplayName("a row that is not as declared stops the job, with step, class, field and types")
    void wrongRow() throws Exception {
        FunctionStep wrong = new FunctionStep(TestFunctions.Wrong.class.getName(), null, null, TOTAL);
        JobConfiguration pipeline = pipeline("function-wrong", "5s", Transform.of("wrong", wrong));
        try (RunningJob job = events.start(pipeline)) {
            events.send(pipeline.name(), record("a", 1, 5L));
            assertThat(job.awaitFailure())
                    .rootCause()
                    .hasMessage("step 'wrong' (" + TestFunctions.Wrong.class.getName()
                            + ") emitted field 'total' as java.lang.Integer, expected java.lang.Long, for type Long;"
                            + " correct it or the step's fields");
        }
    }

    @Test
    @DisplayName("a class that cannot be used is refused with the reason, before anything runs")
    void refused() {
        assertRefused("com.example.Missing", "user", null, "which cannot be loaded (java.lang.ClassNotFoundException");
        assertRefused(TestFunctions.Repeat.class.getName(), "user", null, "which does not extend");
        assertRefused(TestFunctions.Total.class.getName(), null, null, "set keyBy");
        assertRefused(
                TestFunctions.Total.class.getName(),
                "user",
                Map.of("a", "b"),
                "no public constructor that takes a Map");
        assertRefused(TestFunctions.Repeat.class.getName(), null, Map.of("times", "x"), "whose constructor failed");
        assertRefused(TestFunctions.Unsendable.class.getName(), null, null, "which cannot be sent to tasks");
    }

    private static void assertRefused(String name, String keyBy, Map<String, String> properties, String reason) {
        JobConfiguration pipeline = pipeline(
                "function-refused", "5s", Transform.of("own", new FunctionStep(name, keyBy, properties, null)));
        assertThatThrownBy(() -> PipelineTopology.build(
                        StreamExecutionEnvironment.createLocalEnvironment(1), pipeline, ConnectorLine.onClassPath()))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith("step 'own', custom.functionClass: found " + name + ", ")
                .hasMessageContaining(reason);
    }

    private static JobConfiguration keyed(String name) {
        return pipeline(
                name,
                "5s",
                Transform.of("sum", new FunctionStep(TestFunctions.Total.class.getName(), "user", null, TOTAL)));
    }

    private static String total(String user, long total) {
        return "{\"user\":\"" + user + "\",\"total\":" + total + "}";
    }
}
