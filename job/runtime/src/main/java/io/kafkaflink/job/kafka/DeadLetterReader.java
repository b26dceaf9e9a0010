package io.kafkaflink.job.kafka;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Kafka records to rows (left), and those that cannot be read to {@link DeadLetter}s (right), counted by the metric
 * {@value #METRIC}. Nothing but the reader throws {@link PoisonRecord}: what fails behind it is no matter of the record.
 */
final class DeadLetterReader implements KafkaRecordDeserializationSchema<Either<Row, Row>> {
    /** Number of records that cannot be read and went to the sink for them; of each subtask, from its start on. */
    static final String METRIC = "deadLettered";

    @Serial
    private static final long serialVersionUID = 1L;

    private final KafkaRecordDeserializationSchema<Row> reader;
    private transient Counter deadLettered;
    private transient Rows rows;

    DeadLetterReader(KafkaRecordDeserializationSchema<Row> reader) {
        this.reader = reader;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
        reader.open(context);
        deadLettered = context.getMetricGroup().counter(METRIC, new SimpleCounter());
        rows = new Rows();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Either<Row, Row>> out) throws IOException {
        try {
            rows.out = out;
            reader.deserialize(record, rows);
        } catch (PoisonRecord e) {
            deadLettered.inc();
            out.collect(Either.Right(DeadLetter.of(record, e.reason())));
        }
    }

    @Override
    public TypeInformation<Either<Row, Row>> getProducedType() {
        return DeadLetterSplit.typeBeside(reader.getProducedType());
    }

    /** Hands on the rows of the record of the moment; one object for all records. */
    private static final class Rows implements Collector<Row> {
        private Collector<Either<Row, Row>> out;

        @Override
        public void collect(Row row) {
            out.collect(Either.Left(row));
        }

        @Override
        public void close() {}
    }
}
