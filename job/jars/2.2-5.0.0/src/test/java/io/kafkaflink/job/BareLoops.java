package io.kafkaflink.job;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What Kafka's clients do without Flink, and without looking into a record: the limit of any job. */
final class BareLoops {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = SECONDS.toNanos(5);
    private static final int PARTITIONS = 2;

    private final String bootstrapServers;
    private final String topic;
    private final long records;

    BareLoops(String bootstrapServers, String topic, long records) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.records = records;
    }

    /** Records a second that two threads read, a partition each. */
    double reading() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(PARTITIONS);
        long time = System.nanoTime();
        try {
            List<Future<Long>> counts = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> threads.submit(() -> read(partition)))
                    .toList();
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - time);
        } finally {
            threads.shutdownNow();
        }
    }

    private long read(int partition) {
        long count = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(new TopicPartition(topic, partition)));
            consumer.seekToBeginning(consumer.assignment());
            while (count < records / PARTITIONS) {
                count += consumer.poll(POLL).count();
            }
        }
        return count;
    }

    /** Records a second that one thread copies into another topic, exactly once. */
    double copying(String out) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer();
                KafkaProducer<byte[], byte[]> producer = producer(out)) {
            consumer.assign(List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)));
            consumer.seekToBeginning(consumer.assignment());
            producer.initTransactions();
            producer.beginTransaction();
            long time = System.nanoTime();
            long committed = time;
            long count = 0;
            while (count < records) {
                ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : batch) {
                    producer.send(new ProducerRecord<>(out, record.key(), record.value()));
                    offsets.put(
                            new TopicPartition(topic, record.partition()), new OffsetAndMetadata(record.offset() + 1));
                }
                count += batch.count();
                if (System.nanoTime() - committed > COMMIT_NANOS || count >= records) {
                    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                    producer.commitTransaction();
                    producer.beginTransaction();
                    committed = System.nanoTime();
                }
            }
            double rate = count * 1e9 / (System.nanoTime() - time);
            producer.abortTransaction();
            return rate;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        "bare",
                        "enable.auto.commit",
                        false,
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(String out) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", out),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
