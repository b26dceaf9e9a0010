package io.kafkaflink.job;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.JobConfiguration.KafkaSource;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.JobConfiguration.SourceClient;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.StoppingOffsets;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Short words for the pipelines that the integration tests run: from topic {@code <name>-in} to {@code <name>-out}. */
public final class TestPipeline {
    public static final Format TEXT = new Format(Format.Text.UTF_8, null);
    public static final Format JSON = new Format(null, new Format.Json(null));
    public static final StartingOffsets EARLIEST = StartingOffsets.of(StartingOffsets.Mode.Earliest);

    /** Tumbling windows of a minute over the fields page, user and bytes. */
    static final Transform VIEWS_BY_PAGE = Transform.of(
            "views",
            new Window(
                    "page",
                    new Window.Tumbling("1m"),
                    null,
                    null,
                    null,
                    List.of(Metric.count("views"), Metric.distinct("visitors", "user"), Metric.sum("bytes", "bytes"))));

    private TestPipeline() {}

    public static Format json(Field... fields) {
        return new Format(null, new Format.Json(List.of(fields)));
    }

    public static Source kafka(String name, Format format, StartingOffsets start) {
        return kafka(name, format, start, (SourceClient) null);
    }

    static Source kafka(String name, Format format, StartingOffsets start, SourceClient client) {
        return kafka(name, format, start, null, null, null, client);
    }

    public static Source kafka(String name, Format format, OnError onError) {
        return kafka(name, format, EARLIEST, null, null, onError, null);
    }

    /** Reads as many partitions up to their ends. */
    public static Source kafka(
            String name, Format format, StartingOffsets start, StoppingOffsets stop, int partitions) {
        return kafka(name, format, start, Map.of(name + "-in", partitions), stop, null, null);
    }

    private static Source kafka(
            String name,
            Format format,
            StartingOffsets start,
            Map<String, Integer> partitions,
            StoppingOffsets stop,
            OnError onError,
            SourceClient client) {
        return new Source(
                new KafkaSource(
                        List.of(name + "-in"),
                        name,
                        start,
                        format,
                        IsolationLevel.ReadCommitted,
                        "1s",
                        partitions,
                        stop,
                        onError,
                        client),
                null);
    }

    public static Sink sink(String name, Format format, String keyField, Delivery.Guarantee guarantee) {
        return sink(name + "-out", format, keyField, guarantee, name + ".main.");
    }

    static Sink sink(String topic, Format format, String keyField, Delivery.Guarantee guarantee, String prefix) {
        return new Sink(
                "main",
                new KafkaSink(topic, format, keyField, new Delivery(guarantee, null, "1m"), prefix),
                null,
                null);
    }

    /** A sink that is named for dead letters or late records, to topic {@code <name>-<sink>}. */
    public static Sink side(String name, String sink, Format format) {
        return new Sink(
                sink,
                new KafkaSink(
                        name + "-" + sink,
                        format,
                        null,
                        new Delivery(Delivery.Guarantee.ExactlyOnce, null, "1m"),
                        name + "." + sink + "."),
                null,
                null);
    }

    public static JobConfiguration of(
            String name, Source source, EventTime time, List<Transform> steps, Sink... sinks) {
        return of(
                name,
                new KafkaConnection(TestKafka.get().bootstrapServers(), Map.of()),
                source,
                time,
                steps,
                List.of(sinks),
                new Uids(
                        "source-1",
                        Arrays.stream(sinks)
                                .collect(Collectors.toMap(Sink::name, sink -> "sink-" + sink.name() + "-1"))));
    }

    static JobConfiguration of(
            String name,
            KafkaConnection kafka,
            Source source,
            EventTime time,
            List<Transform> steps,
            List<Sink> sinks,
            Uids uids) {
        return new JobConfiguration(
                JobConfiguration.FORMAT_VERSION,
                "test",
                name,
                TestPair.FLINK_VERSION,
                TestPair.CONNECTOR,
                kafka,
                source,
                time,
                steps,
                sinks,
                uids);
    }
}
