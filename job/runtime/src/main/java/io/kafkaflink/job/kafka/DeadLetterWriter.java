package io.kafkaflink.job.kafka;

import java.io.Serial;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link DeadLetter}s to records of one topic. */
final class DeadLetterWriter implements TopicWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;

    DeadLetterWriter(String topic) {
        this.topic = topic;
    }

    @Override
    public List<String> topics() {
        return List.of(topic);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Row letter, KafkaSinkContext context, Long timestamp) {
        return DeadLetter.record(topic, letter);
    }
}
