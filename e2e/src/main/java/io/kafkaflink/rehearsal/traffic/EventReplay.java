package io.kafkaflink.rehearsal.traffic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Shape.KafkaInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends events into the source topics in the order of their file, keyed as a web site would key them, so that a growing
 * topic moves keys to other partitions.
 *
 * <p>Replayed event time runs a thousand times faster than the clock, so the job must never read one partition and not
 * another, or it takes the hours between them for past. Two rules see to it. No partition is left without an event for
 * more than a third of the idle timeout, after which it would no longer hold event time back. And new partitions are
 * used when the job reads them, not before: windows of records that nobody reads yet would be closed without them. (A
 * producer with Kafka's default metadata.max.age.ms of five minutes is as late most of the time.)
 */
public final class EventReplay implements AutoCloseable {
    private static final int SILENCES = 3;
    /** After the first event of a new partition, so that the job has it before any later one. */
    private static final Duration FIRST_EVENT = Duration.ofSeconds(2);

    private static final Duration FLUSH = Duration.ofMinutes(2);
    /** How far behind the last event the closing records lie: longer than any window or allowance in use. */
    private static final long FAR_FUTURE = Duration.ofDays(30).toMillis();

    private final KafkaProducer<String, String> producer;
    private final KafkaInput input;
    private final Shape shape;
    private final EventReading reading;
    private final List<ObjectNode> events;
    private final List<InputRecord> sent = new ArrayList<>();
    private final Map<String, long[]> lastSent = new HashMap<>();
    private final AtomicLong progress = new AtomicLong();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final Pace pace;
    private final long silence;
    private final Pump pump;
    private final Map<String, Integer> used = new ConcurrentHashMap<>();
    private volatile boolean hurry;
    private boolean firstOfPartition;
    private int next;
    private long newest = Long.MIN_VALUE;

    /**
     * Starts to send.
     *
     * @param perSecond events a second until {@link #finish}
     */
    public EventReplay(String bootstrapServers, Shape shape, List<ObjectNode> events, double perSecond) {
        this.producer = KafkaClients.producer(bootstrapServers);
        this.shape = shape;
        this.reading = new EventReading(shape);
        this.input = (KafkaInput) shape.source();
        this.events = events;
        this.pace = new Pace(perSecond);
        this.silence = shape.idleTimeout().dividedBy(SILENCES).toNanos();
        useNewPartitions();
        this.pump = new Pump("replay of events", this::sendNext);
    }

    /** Uses the partitions that topics have got: the job reads them now. */
    public void useNewPartitions() {
        input.topics().forEach(topic -> used.put(topic.name(), partitions(topic.name())));
    }

    /** Events sent so far. */
    public long progress() {
        pump.check();
        return progress.get();
    }

    /** Sends the rest without pauses; then, where there are windows, a record per partition in the far future. */
    public void finish(Duration deadline) {
        hurry = true;
        pump.join(deadline);
        if (shape.waitsForTime()) {
            closeWindows(newest + FAR_FUTURE);
        }
        producer.flush();
        Optional.ofNullable(refused.get()).ifPresent(cause -> {
            throw new TrafficException("an event was not accepted by the broker: " + cause, cause);
        });
    }

    /** All events in the order of each partition, without the closing records. */
    public List<InputRecord> sent() {
        return InputRecord.inOrder(sent);
    }

    private boolean sendNext() throws InterruptedException {
        if (next == events.size()) {
            return false;
        }
        if (!hurry) {
            pace.await();
        }
        ObjectNode event = events.get(next);
        String topic = input.topics().get(next % input.topics().size()).name();
        String key = reading.key(event);
        int partition = partition(topic, key);
        long time = reading.time(event);
        send(topic, partition, key, event, time);
        // Two topics have partitions of the same number: keep them apart.
        int place = partition * input.topics().size() + next % input.topics().size();
        sent.add(InputRecord.of(place, time, reading.row(event)));
        newest = Math.max(newest, time);
        next++;
        progress.incrementAndGet();
        if (firstOfPartition) {
            firstOfPartition = false;
            producer.flush();
            TimeUnit.NANOSECONDS.sleep(FIRST_EVENT.toNanos());
        }
        return true;
    }

    private void send(String topic, int partition, String key, ObjectNode event, long time) {
        Long recordTime = shape.eventTimeField().isPresent() ? null : (Long) time;
        producer.send(
                new ProducerRecord<>(topic, partition, recordTime, key, event.toString()), (metadata, failure) -> {
                    if (failure != null) {
                        refused.compareAndSet(null, failure);
                    }
                });
    }

    private void closeWindows(long time) {
        ObjectNode last = events.get(events.size() - 1).deepCopy();
        shape.eventTimeField().ifPresent(field -> last.put(field, time));
        for (Shape.Topic topic : input.topics()) {
            for (int partition = 0; partition < partitions(topic.name()); partition++) {
                send(topic.name(), partition, reading.key(last), last, time);
            }
        }
    }

    /** Number of partitions the producer knows of. */
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    private int partition(String topic, String key) {
        int count = used.get(topic);
        long now = System.nanoTime();
        long[] last = lastSent.computeIfAbsent(topic, unseen -> filled(new long[0], count, now));
        int chosen = Math.floorMod(key.hashCode(), count);
        if (last.length < count) {
            chosen = last.length;
            last = filled(last, last.length + 1, now);
            lastSent.put(topic, last);
            firstOfPartition = true;
        }
        for (int i = 0; i < last.length; i++) {
            chosen = now - last[i] > silence ? i : chosen;
        }
        last[chosen] = now;
        return chosen;
    }

    private static long[] filled(long[] times, int length, long now) {
        long[] longer = Arrays.copyOf(times, length);
        Arrays.fill(longer, times.length, length, now);
        return longer;
    }

    @Override
    public void close() {
        hurry = true;
        pump.stop();
        producer.close(FLUSH);
    }
}
