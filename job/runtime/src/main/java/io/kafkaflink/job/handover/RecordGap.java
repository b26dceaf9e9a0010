package io.kafkaflink.job.handover;

import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells offsets that step over records from those that step over transaction markers only: the position of a consumer may
 * be behind a marker that the state of a source is still before (FLINK-33484).
 */
final class RecordGap {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private RecordGap() {}

    /**
     * The partitions with at least one record that the pipeline would see between two offsets; those count too where it
     * cannot be found out in time.
     *
     * @param from first offset of each partition
     * @param to offset after the last, of the same partitions
     */
    static Set<TopicPartition> withRecords(
            JobConfiguration configuration, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<TopicPartition, Long> undecided = new HashMap<>(from);
        Set<TopicPartition> found = new HashSet<>();
        if (from.isEmpty()) {
            return found;
        }
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                properties(configuration), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            long end = System.nanoTime() + DEADLINE.toNanos();
            while (!undecided.isEmpty() && System.nanoTime() < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (undecided.remove(partition) != null && record.offset() < to.get(partition)) {
                        found.add(partition);
                    }
                }
                undecided.keySet().removeIf(partition -> consumer.position(partition) >= to.get(partition));
                consumer.pause(from.keySet().stream()
                        .filter(partition -> !undecided.containsKey(partition))
                        .toList());
            }
        } catch (KafkaException e) {
            found.addAll(undecided.keySet());
            return found;
        }
        found.addAll(undecided.keySet());
        return found;
    }

    private static Properties properties(JobConfiguration configuration) {
        Properties properties = new Properties();
        properties.putAll(configuration.kafka().properties());
        properties.setProperty("bootstrap.servers", configuration.kafka().bootstrapServers());
        properties.setProperty("enable.auto.commit", "false");
        // Out of range: expired records, which another check reports.
        properties.setProperty("auto.offset.reset", "earliest");
        properties.setProperty("max.poll.records", "50");
        properties.setProperty(
                "isolation.level",
                configuration.source().kafka().isolationLevel() == IsolationLevel.ReadCommitted
                        ? "read_committed"
                        : "read_uncommitted");
        return properties;
    }
}
