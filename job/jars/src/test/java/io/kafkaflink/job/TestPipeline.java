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
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.StoppingOffsets;
import io.kafkaflink.model.Transform;
import java.util.List;
import java.util.Map;

/** Short words for the pipelines that the integration tests run: from topic {@code <name>-in} to {@code <name>-out}. */
public final class TestPipeline {
    public static final Format TEXT = new Format(new Format.Text(), null);
    public static final Format JSON = new Format(null, new Format.Json(null));
    public static final StartingOffsets EARLIEST = StartingOffsets.of(StartingOffsets.Mode.Earliest);

    private TestPipeline() {}

    public static Format json(Field... fields) {
        return new Format(null, new Format.Json(List.of(fields)));
    }

    public static Source kafka(String name, Format format, StartingOffsets start) {
        return new Source(
                new KafkaSource(
                        List.of(name + "-in"), name, start, format, IsolationLevel.ReadCommitted, "1s", null, null),
                null);
    }

    /** Reads as many partitions up to their ends. */
    public static Source kafka(
            String name, Format format, StartingOffsets start, StoppingOffsets stop, int partitions) {
        return new Source(
                new KafkaSource(
                        List.of(name + "-in"),
                        name,
                        start,
                        format,
                        IsolationLevel.ReadCommitted,
                        "1s",
                        Map.of(name + "-in", partitions),
                        stop),
                null);
    }

    public static Sink sink(String name, Format format, String keyField, Delivery.Guarantee guarantee) {
        return new Sink(
                "main",
                new KafkaSink(name + "-out", format, keyField, new Delivery(guarantee, null, "1m"), name + ".main."),
                null,
                null);
    }

    public static JobConfiguration of(String name, Source source, EventTime time, List<Transform> steps, Sink sink) {
        return new JobConfiguration(
                JobConfiguration.FORMAT_VERSION,
                "test",
                name,
                TestPair.FLINK_VERSION,
                TestPair.CONNECTOR,
                new KafkaConnection(TestKafka.get().bootstrapServers(), Map.of()),
                source,
                time,
                steps,
                List.of(sink),
                new Uids("source-1", Map.of("main", "sink-main-1")));
    }
}
