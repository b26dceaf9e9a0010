package io.kafkaflink.job;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.FunctionStep;
import io.kafkaflink.model.Header;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.Projection;
import io.kafkaflink.model.RecordTimestamp;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pipeline with every kind of step, every kind of window, bad and late records kept, and sinks of every guarantee: each
 * operator that a savepoint can have of a pipeline, but the database's, which keeps no state.
 *
 * @param name of its topics: {@code -in}, {@code -out}, {@code -routed}, {@code -rest}, {@code -late} and {@code -dead}
 * @param generation of the uids of source and sinks
 */
record EveryOperator(String name, int generation) {
    static final List<String> TOPICS = List.of("in", "out", "routed", "rest", "late", "dead");

    private static final String USER = "user";

    JobConfiguration configuration() {
        List<Sink> sinks = List.of(
                TestPipeline.sink(name, TestPipeline.JSON, USER, Delivery.Guarantee.AtLeastOnce),
                routed(),
                TestPipeline.side(name, "late", TestPipeline.JSON),
                TestPipeline.side(name, "dead", new Format(null, null, new Format.Raw())),
                new Sink("nowhere", null, null, new JobConfiguration.Discard()));
        Map<String, String> uids = new TreeMap<>();
        sinks.forEach(sink -> uids.put(sink.name(), "sink-" + sink.name() + "-" + generation));
        return TestPipeline.of(
                name,
                new KafkaConnection(TestKafka.get().bootstrapServers(), Map.of()),
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(
                                new Field(USER, FieldType.String),
                                new Field("time", FieldType.Long),
                                new Field("n", FieldType.Long),
                                new Field("tags", FieldType.Array, new Field.Items(FieldType.String, null))),
                        new OnError(OnError.Action.DeadLetter, "dead")),
                new EventTime(EventTime.Timestamp.Field, "time", "0s", "30s"),
                steps(),
                sinks,
                new Uids("source-" + generation, uids));
    }

    private List<Transform> steps() {
        return List.of(
                Transform.of("known", new Transform.Filter("user != 'nobody'")),
                Transform.of("label", new Transform.Prefix("u-", USER)),
                Transform.of("tags", new Transform.Flatten("tags")),
                Transform.of(
                        "some",
                        new Projection(List.of(
                                taken(USER, null), taken("time", null), taken("n", null), taken("tag", "tags")))),
                Transform.of("spread", new Transform.Rebalance()),
                Transform.of("first", new Transform.Deduplicate(USER, "10s")),
                Transform.of("nth", new Transform.KeyedCount(USER, "nth")),
                Transform.of("own", new FunctionStep(TestFunctions.Counted.class.getName(), USER, null, null)),
                Transform.of("parts", parts()),
                Transform.of("sessions", sessions()),
                Transform.of("trend", trend()),
                Transform.of(
                        "named",
                        new Projection(List.of(
                                taken(USER, null),
                                taken("windowStart", null),
                                taken("sessions", null),
                                taken("clicks", null),
                                taken("longest", null),
                                taken("mean", null),
                                taken("nth", null),
                                new Projection.Output(
                                        "topic", null, new Projection.Literal(FieldType.String, name + "-routed"))))));
    }

    private static Projection.Output taken(String field, String from) {
        return new Projection.Output(field, from, null);
    }

    private static Window parts() {
        return new Window(
                USER,
                new Window.Tumbling("10s"),
                null,
                null,
                null,
                List.of(Metric.count("clicks"), Metric.min("n", "n"), Metric.max("nth", "nth")),
                new Window.Late("late"));
    }

    private static Window sessions() {
        return new Window(
                USER,
                null,
                null,
                new Window.Session("20s"),
                null,
                List.of(
                        Metric.sum("clicks", "clicks"),
                        Metric.duration("ms"),
                        Metric.min("least", "n"),
                        Metric.max("most", "n"),
                        Metric.avg("mean", "n"),
                        Metric.distinct("kinds", "n"),
                        Metric.max("nth", "nth")));
    }

    private static Window trend() {
        return new Window(
                USER,
                null,
                new Window.Sliding("60s", "30s"),
                null,
                "10m",
                List.of(
                        Metric.count("sessions"),
                        Metric.sum("clicks", "clicks"),
                        Metric.max("longest", "ms"),
                        Metric.avg("mean", "mean"),
                        Metric.max("nth", "nth")));
    }

    /** With everything that a Kafka sink can be told. */
    private Sink routed() {
        KafkaSink kafka = new KafkaSink(
                name + "-rest",
                TestPipeline.JSON,
                USER,
                new Delivery(Delivery.Guarantee.ExactlyOnce, null, "1m"),
                name + ".routed.",
                List.of(new Header("nth", null, "nth")),
                "topic",
                List.of(name + "-routed"),
                RecordTimestamp.None,
                null,
                Partitioning.Fixed,
                null,
                "clicks == 0");
        return new Sink("routed", kafka, null, null);
    }
}
