package io.kafkaflink.rehearsal.traffic;

import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends numbered records at an even rate until it is stopped. Each key stays in the partition it began in, also when the
 * topic grows, so that its order is defined all the way; partitions that appear get keys of their own.
 */
public final class NumberedLoad implements AutoCloseable {
    private static final int KEYS_PER_PARTITION = 8;

    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final Map<String, Integer> sent = new LinkedHashMap<>();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final Pace pace;
    private final Pump pump;
    private final String keyPrefix;
    private final IntPredicate partitions;
    private volatile long total;

    /** Starts to send to all partitions. */
    public NumberedLoad(String bootstrapServers, String topic, double perSecond) {
        this(bootstrapServers, topic, perSecond, "", partition -> true);
    }

    /**
     * Starts to send.
     *
     * @param keyPrefix sets the keys of several loads of one output apart
     * @param partitions those that get records; at least one
     */
    public NumberedLoad(
            String bootstrapServers, String topic, double perSecond, String keyPrefix, IntPredicate partitions) {
        this.keyPrefix = keyPrefix;
        this.partitions = partitions;
        this.producer = KafkaClients.producer(bootstrapServers);
        this.topic = topic;
        this.pace = new Pace(perSecond);
        this.pump = new Pump("numbered load", this::sendNext);
    }

    private boolean sendNext() throws InterruptedException {
        pace.await();
        int[] used = IntStream.range(0, producer.partitionsFor(topic).size())
                .filter(partitions)
                .toArray();
        int partition = used[(int) (total % used.length)];
        String key = keyPrefix + "p" + partition + "-k" + (total / used.length % KEYS_PER_PARTITION);
        int number = sent.getOrDefault(key, 0);
        String value =
                "{\"" + NumberedPipeline.KEY + "\":\"" + key + "\",\"" + NumberedPipeline.NUMBER + "\":" + number + "}";
        producer.send(new ProducerRecord<>(topic, partition, key, value), (metadata, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
        sent.put(key, number + 1);
        total++;
        return true;
    }

    /** Records sent so far. */
    public long progress() {
        pump.check();
        return total;
    }

    /**
     * Stops sending.
     *
     * @return how many records of each key the broker has
     */
    public Map<String, Integer> stop() {
        pump.stop();
        producer.flush();
        Optional.ofNullable(refused.get()).ifPresent(cause -> {
            throw new TrafficException("a numbered record was not accepted by the broker: " + cause, cause);
        });
        return Map.copyOf(sent);
    }

    @Override
    public void close() {
        pump.stop();
        producer.close();
    }
}
