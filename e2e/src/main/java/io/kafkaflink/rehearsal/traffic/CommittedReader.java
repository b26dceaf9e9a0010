package io.kafkaflink.rehearsal.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics from their beginning with {@code isolation.level=read_committed}, new partitions included, and hands every
 * record to a consumer on a thread of its own, in the order of each partition.
 */
public final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_FOR_PARTITIONS = Duration.ofSeconds(2).toNanos();

    private final KafkaConsumer<String, String> consumer;
    private final List<String> topics;
    private final Consumer<ConsumerRecord<String, String>> receiver;
    private final Pump pump;
    private long looked = System.nanoTime() - LOOK_FOR_PARTITIONS;
    private volatile long read;
    private volatile boolean atEnd;

    /** Starts to read one topic. */
    public CommittedReader(String bootstrapServers, String topic, Consumer<ConsumerRecord<String, String>> receiver) {
        this(bootstrapServers, List.of(topic), receiver);
    }

    /** Starts to read several. */
    public CommittedReader(
            String bootstrapServers, List<String> topics, Consumer<ConsumerRecord<String, String>> receiver) {
        this.consumer = KafkaClients.committedReader(bootstrapServers);
        this.topics = List.copyOf(topics);
        this.receiver = receiver;
        this.pump = new Pump("reader of " + String.join(", ", topics), this::step);
    }

    private boolean step() {
        if (System.nanoTime() - looked > LOOK_FOR_PARTITIONS) {
            looked = System.nanoTime();
            Set<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            if (!partitions.equals(consumer.assignment())) {
                // Kept positions stay, new partitions start at their beginning.
                consumer.assign(partitions);
            }
        }
        if (consumer.assignment().isEmpty()) {
            return pause();
        }
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
            receiver.accept(record);
            read++;
        }
        atEnd = consumer.assignment().stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }

    /** Records read so far. */
    public long progress() {
        pump.check();
        return read;
    }

    /** Whether everything that is committed has been read, as of the last fetch. */
    public boolean atEnd() {
        pump.check();
        return atEnd;
    }

    @Override
    public void close() {
        pump.stop();
        consumer.close();
    }
}
