package io.kafkaflink.rehearsal.traffic;

import io.kafkaflink.rehearsal.check.Moments;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends numbered records at an even rate until it is stopped. */
public final class NumberedLoad implements AutoCloseable {
    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final Map<String, Integer> sent = new LinkedHashMap<>();
    private final Moments moments = new Moments();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final Pace pace;
    private final Pump pump;
    private final Route route;
    private volatile long total;

    /** Starts to send to all partitions, each key to one of them. */
    public NumberedLoad(String bootstrapServers, String topic, double perSecond) {
        this(bootstrapServers, topic, perSecond, Route.pinned("", partition -> true));
    }

    /** Starts to send. */
    public NumberedLoad(String bootstrapServers, String topic, double perSecond, Route route) {
        this.route = route;
        this.producer = KafkaClients.producer(bootstrapServers);
        this.topic = topic;
        this.pace = new Pace(perSecond);
        this.pump = new Pump("numbered load", this::sendNext);
    }

    private boolean sendNext() throws InterruptedException {
        pace.await();
        Route.Target target = route.target(total, producer.partitionsFor(topic).size());
        String key = target.key();
        int number = sent.getOrDefault(key, 0);
        String value =
                "{\"" + NumberedPipeline.KEY + "\":\"" + key + "\",\"" + NumberedPipeline.NUMBER + "\":" + number + "}";
        producer.send(new ProducerRecord<>(topic, target.partition().orElse(null), key, value), (metadata, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
        sent.put(key, number + 1);
        moments.add(System.currentTimeMillis());
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

    /** Records sent in each second of a span of time; only when it is stopped. */
    public long[] perSecond(Instant from, Instant to) {
        return moments.perSecond(from, to);
    }

    @Override
    public void close() {
        pump.stop();
        producer.close();
    }
}
