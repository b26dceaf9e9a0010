package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.TypedFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbered rows between jobs, as Flink of the pair serializes them. */
@Tag("every-pair")
class TypedFormatIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "typed-rows";
    private static final int RECORDS = 300;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("each row arrives once for a job with the same type, and what is none is skipped and counted")
    void moves() throws Exception {
        kafka.createTopic(NAME + "-in", 1);
        kafka.createTopic(NAME + "-out", 1);
        TypeSerializer<Row> rows = Types.ROW(
                        Types.STRING, Types.LONG, Types.DOUBLE, Types.BOOLEAN, Types.PRIMITIVE_ARRAY(Types.BYTE))
                .createSerializer(new SerializerConfigImpl());
        List<Row> expected = new ArrayList<>();
        for (long i = 0; i < RECORDS; i++) {
            expected.add(Row.of(i % 7 == 0 ? null : "ü" + i, i, i / 4.0, i % 2 == 0, new byte[] {(byte) i}));
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Row row : expected) {
            DataOutputSerializer output = new DataOutputSerializer(64);
            rows.serialize(row, output);
            records.add(new ProducerRecord<>(NAME + "-in", 0, null, output.getCopyOfBuffer()));
        }
        records.add(new ProducerRecord<>(NAME + "-in", 0, null, new byte[] {0, -1, -1, -1, -1, 7}));
        kafka.produce(records);

        try (RunningJob job = RunningJob.start(pipeline(), 1, folder)) {
            await().atMost(PATIENCE)
                    .until(() -> kafka.readCommitted(NAME + "-out").size() >= RECORDS);
            assertThat(job.metric("skipped")).isEqualTo(1);
            job.stopWithSavepoint();
        }

        assertThat(kafka.readCommitted(NAME + "-out"))
                .extracting(record -> row(rows, record.value()))
                .containsExactlyElementsOf(expected);
    }

    private static Row row(TypeSerializer<Row> rows, byte[] value) {
        try {
            return rows.deserialize(new DataInputDeserializer(value));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JobConfiguration pipeline() {
        TypedFormat read = new TypedFormat(
                null,
                List.of(
                        new Field.Member("user", FieldType.String),
                        new Field.Member("n", FieldType.Long),
                        new Field.Member("price", FieldType.Double),
                        new Field.Member("even", FieldType.Boolean),
                        new Field.Member("picture", FieldType.Bytes)));
        return TestPipeline.of(
                NAME,
                TestPipeline.kafka(NAME, format(read), new OnError(OnError.Action.Skip, null)),
                null,
                List.of(),
                TestPipeline.sink(NAME, format(new TypedFormat(null, null)), null, Delivery.Guarantee.ExactlyOnce));
    }

    private static Format format(TypedFormat format) {
        return new Format(format);
    }
}
