package io.kafkaflink.job;

import io.kafkaflink.job.jdbc.TableSink;
import io.kafkaflink.job.kafka.DeadLetterSplit;
import io.kafkaflink.job.kafka.EventTimes;
import io.kafkaflink.job.kafka.KafkaSinks;
import io.kafkaflink.job.kafka.KafkaSources;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.job.step.Steps;
import io.kafkaflink.model.DatagenSource;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Transform;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.PrintSink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;

/**
 * Builds the stream graph of a valid configuration: source, steps in order, and sinks, fed by the last step unless they are
 * for dead letters or late records.
 */
final class PipelineTopology {
    private PipelineTopology() {}

    static void build(StreamExecutionEnvironment environment, JobConfiguration configuration, ConnectorLine line) {
        build(environment, configuration, line, Optional.empty());
    }

    /** @param start where partitions without state are read from; empty as configured */
    static void build(
            StreamExecutionEnvironment environment,
            JobConfiguration configuration,
            ConnectorLine line,
            Optional<OffsetsInitializer> start) {
        configure(environment);
        RecordSchema read = RecordSchema.of(configuration.source());
        RecordSchema schema = configuration.keepsSourcePartition() ? read.withSourcePartition() : read;
        DataStream<Row> records = source(environment, configuration, schema, start, line);
        for (Transform step : configuration.transforms()) {
            RecordSchema before = schema;
            records = Steps.append(
                    records,
                    step,
                    schema,
                    late -> end(late, configuration.sink(step.window().late().sink()), configuration, before, line));
            schema = schema.after(step);
        }
        for (JobConfiguration.Sink sink : configuration.resultSinks()) {
            end(records, sink, configuration, schema, line);
        }
    }

    private static void end(
            DataStream<Row> records,
            JobConfiguration.Sink sink,
            JobConfiguration configuration,
            RecordSchema schema,
            ConnectorLine line) {
        named(sink(records, sink, configuration, schema, line), sink, configuration);
    }

    private static void named(DataStreamSink<Row> end, JobConfiguration.Sink sink, JobConfiguration configuration) {
        end.uid(configuration.uids().sinks().get(sink.name())).name(sink.name());
    }

    /** No uid of Flink's making, no Kryo; object reuse unless the user said otherwise. */
    private static void configure(StreamExecutionEnvironment environment) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // Safe because no operator changes a row that it has received or keeps one that it has sent.
        settings.set(
                PipelineOptions.OBJECT_REUSE,
                environment
                        .getConfiguration()
                        .getOptional(PipelineOptions.OBJECT_REUSE)
                        .orElse(true));
        environment.configure(settings);
    }

    private static DataStream<Row> source(
            StreamExecutionEnvironment environment,
            JobConfiguration configuration,
            RecordSchema schema,
            Optional<OffsetsInitializer> start,
            ConnectorLine line) {
        if (configuration.source().datagen() != null) {
            return generated(environment, configuration, schema);
        }
        JobConfiguration.KafkaSource kafka = configuration.source().kafka();
        OffsetsInitializer offsets = start.orElseGet(() -> KafkaSources.startingOffsets(kafka.startingOffsets()));
        String name = kafka.topicPattern() == null ? String.join(", ", kafka.topics()) : kafka.topicPattern();
        if (kafka.errorAction() != OnError.Action.DeadLetter) {
            return environment
                    .fromSource(
                            KafkaSources.source(configuration, offsets),
                            EventTimes.of(configuration.eventTime(), schema),
                            name,
                            RowTypes.of(schema))
                    .uid(configuration.uids().source());
        }
        Source<Either<Row, Row>, ?, ?> source = KafkaSources.withDeadLetters(configuration, offsets);
        SingleOutputStreamOperator<Row> records = environment
                .fromSource(
                        source,
                        EventTimes.besideLetters(configuration.eventTime(), schema),
                        name,
                        DeadLetterSplit.typeBeside(RowTypes.of(schema)))
                .uid(configuration.uids().source())
                .process(new DeadLetterSplit())
                .returns(RowTypes.of(schema))
                .uid(OnError.UID)
                .name("dead letters");
        JobConfiguration.Sink sink = configuration.sink(kafka.onError().sink());
        named(
                records.getSideOutput(DeadLetterSplit.LETTERS)
                        .sinkTo(KafkaSinks.deadLetters(configuration.kafka(), sink.kafka(), line)),
                sink,
                configuration);
        return records;
    }

    /** One subtask, because the numbers of several would start far apart. */
    private static DataStream<Row> generated(
            StreamExecutionEnvironment environment, JobConfiguration configuration, RecordSchema schema) {
        DatagenSource datagen = configuration.source().datagen();
        String text = datagen.text();
        return environment
                .fromSource(
                        new DataGeneratorSource<Row>(
                                number -> Row.of(text + number),
                                datagen.count() == null ? Long.MAX_VALUE : datagen.count(),
                                RateLimiterStrategy.perSecond(datagen.recordsPerSecond()),
                                RowTypes.of(schema)),
                        WatermarkStrategy.noWatermarks(),
                        "datagen")
                .setParallelism(1)
                .uid(configuration.uids().source());
    }

    private static DataStreamSink<Row> sink(
            DataStream<Row> records,
            JobConfiguration.Sink sink,
            JobConfiguration configuration,
            RecordSchema schema,
            ConnectorLine line) {
        if (sink.kafka() != null) {
            return records.sinkTo(KafkaSinks.sink(configuration.kafka(), sink.kafka(), schema, line));
        }
        if (sink.jdbc() != null) {
            String client = configuration.namespace() + "." + configuration.name();
            return records.sinkTo(new TableSink(sink.jdbc(), schema, client));
        }
        return sink.print() != null
                ? records.sinkTo(new PrintSink<>(sink.name()))
                : records.sinkTo(new DiscardingSink<>());
    }
}
