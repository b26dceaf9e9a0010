package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.RowWriter;
import io.kafkaflink.job.format.TextWriter;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Rows to records, as a sink says: topic, partition, timestamp, key, value and headers. */
public final class RecordWriter implements TopicWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> topics;
    private final TopicChoice topic;
    private final Partitioning partitioner;
    private final RecordTime time;
    private final RowWriter key;
    private final RowWriter value;
    private final HeaderWriter headers;

    /** Only a class of the user's may add headers; all other records are spared a copy of them. */
    private final boolean addsHeaders;

    RecordWriter(KafkaSink sink, RecordSchema schema) {
        this.topics = sink.written();
        this.topic = TopicChoice.of(sink, schema);
        this.partitioner = sink.partitioner() == null ? Partitioning.Default : sink.partitioner();
        this.time = RecordTime.of(sink, schema);
        this.key = sink.keyField() == null
                ? Formats.keyWriter(sink.format(), schema).orElse(null)
                : new TextWriter(schema, sink.keyField());
        RowWriter declared = Formats.writer(sink.format(), schema.declared());
        RowWriter whole = schema.hasSourcePartition() ? new DeclaredFields(declared) : declared;
        this.value = sink.tombstoneWhen() == null ? whole : new TombstoneWriter(sink.tombstoneWhen(), schema, whole);
        this.headers = sink.headers() == null ? null : new HeaderWriter(sink.headers(), schema);
        this.addsHeaders = sink.format().kind() == Format.Kind.Serializer;
    }

    @Override
    public List<String> topics() {
        return topics;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row row, KafkaSinkContext context, Long eventTime) {
        String name = topic.of(row);
        Iterable<Header> declared = headers == null ? null : headers.of(row);
        Headers carried = addsHeaders ? new RecordHeaders(declared) : null;
        return new ProducerRecord<>(
                name,
                partition(row, name, context),
                time.of(row, eventTime),
                key == null ? null : key.write(row),
                carried == null ? value.write(row) : value.write(row, name, carried),
                carried == null ? declared : carried);
    }

    /** Null where the producer chooses. With more subtasks than partitions several of them share a fixed one. */
    private Integer partition(Row row, String topic, KafkaSinkContext context) {
        return switch (partitioner) {
            case Default, Custom -> null;
            case Fixed -> {
                int[] partitions = context.getPartitionsForTopic(topic);
                yield partitions[context.getParallelInstanceId() % partitions.length];
            }
            case SourcePartition -> {
                long partition = (Long) row.getField(RecordSchema.SOURCE_PARTITION);
                int partitions = context.getPartitionsForTopic(topic).length;
                if (partition >= partitions) {
                    throw new MissingPartition(partition, topic, partitions);
                }
                yield (int) partition;
            }
        };
    }
}
