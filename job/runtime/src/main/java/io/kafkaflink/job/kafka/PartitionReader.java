package io.kafkaflink.job.kafka;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.RecordSchema;
import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Puts the partition that a record was read from before the fields of its rows, for sinks that write to the same one. */
final class PartitionReader implements KafkaRecordDeserializationSchema<Row> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final KafkaRecordDeserializationSchema<Row> reader;
    private final TypeInformation<Row> type;

    /** @param schema of the rows that {@code reader} makes */
    PartitionReader(KafkaRecordDeserializationSchema<Row> reader, RecordSchema schema) {
        this.reader = reader;
        this.type = RowTypes.of(schema.withSourcePartition());
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        reader.open(context);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Row> out) throws IOException {
        reader.deserialize(record, new Numbered((long) record.partition(), out));
    }

    @Override
    public TypeInformation<Row> getProducedType() {
        return type;
    }

    private record Numbered(Long partition, Collector<Row> out) implements Collector<Row> {
        @Override
        public void collect(Row row) {
            Row numbered = Row.withPositions(row.getArity() + 1);
            numbered.setField(RecordSchema.SOURCE_PARTITION, partition);
            for (int i = 0; i < row.getArity(); i++) {
                numbered.setField(i + 1, row.getField(i));
            }
            out.collect(numbered);
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
