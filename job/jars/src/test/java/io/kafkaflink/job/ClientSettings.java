package io.kafkaflink.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Looks at the settings of consumers and producers in this JVM, from within: name it in {@code interceptor.classes}. */
public final class ClientSettings implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {
    private static final List<Map<String, Object>> SEEN = new CopyOnWriteArrayList<>();

    /** Of each consumer of a group. */
    static List<Map<String, Object>> ofGroup(String group) {
        return SEEN.stream()
                .filter(settings -> group.equals(settings.get("group.id")))
                .toList();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        Map<String, Object> present = new HashMap<>(settings);
        present.values().removeIf(Objects::isNull);
        SEEN.add(present);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing to see here.
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> producerRecord) {
        return producerRecord;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception failure) {
        // Nothing to see here.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
