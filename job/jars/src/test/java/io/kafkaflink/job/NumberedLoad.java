package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.Transform;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * About 2,000 records a second into {@code <name>-in} until closed, each key numbered from 1; and the judge of what comes
 * out, who shares nothing with the job: every key's numbers in order without a gap, and the job's own count of them equal
 * to the number, so that a lost or repeated record or a lost state shows.
 */
final class NumberedLoad implements AutoCloseable {
    private static final int KEYS = 40;
    private static final Pattern OUTPUT = Pattern.compile("\\{\"key\":\"k(\\d+)\",\"n\":(\\d+),\"seen\":(\\d+)}");

    private final String name;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread thread = new Thread(this::produce, "load");

    private NumberedLoad(String name) {
        this.name = name;
    }

    /** On new topics {@code <name>-in} and {@code <name>-out}. */
    static NumberedLoad start(String name) throws Exception {
        TestKafka.get().createTopic(name + "-in", 2);
        TestKafka.get().createTopic(name + "-out", 2);
        NumberedLoad load = new NumberedLoad(name);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private void produce() {
        try (KafkaProducer<byte[], byte[]> producer = TestKafka.get().producer()) {
            for (int n = 1; !stopped.get(); n++) {
                for (int key = 0; key < KEYS; key++) {
                    String value = "{\"key\": \"k" + key + "\", \"n\": " + n + "}";
                    producer.send(
                            new ProducerRecord<>(name + "-in", ("k" + key).getBytes(UTF_8), value.getBytes(UTF_8)));
                }
                rounds.set(n);
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    /** Stops producing; returns the number of records. */
    int total() {
        stopped.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return KEYS * rounds.get();
    }

    /** Stops producing, lets the last job of a chain write all of it, stops that and verifies the output. */
    void finish(TestDeployment last) {
        int total = total();
        TestDeployment.waiting().until(() -> output().size() >= total);
        last.stopWithSavepoint();
        verify(output());
    }

    private List<ConsumerRecord<byte[], byte[]>> output() {
        return TestKafka.get().readCommitted(name + "-out");
    }

    @Override
    public void close() {
        total();
    }

    /** Throws when the output is anything but all records, each once and in order. */
    private void verify(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Integer, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String text = new String(record.value(), UTF_8);
            Matcher output = OUTPUT.matcher(text);
            assertThat(output.matches()).as(text).isTrue();
            int key = Integer.parseInt(output.group(1));
            int n = Integer.parseInt(output.group(2));
            assertThat(n)
                    .as("record of key " + key + " after " + last.get(key))
                    .isEqualTo(last.getOrDefault(key, 0) + 1);
            assertThat(output.group(3)).as("running count in " + text).isEqualTo(String.valueOf(n));
            last.put(key, n);
        }
        assertThat(last).hasSize(KEYS);
        assertThat(last.values()).containsOnly(rounds.get());
    }

    /** Reads, counts by key, writes exactly once. */
    static JobConfiguration pipeline(String name, Uids uids) {
        return pipeline(name, uids, TestPair.LINE, TestPair.CONNECTOR);
    }

    /** The same for another pair, as in {@code 1.20} and {@code 3.4.0}. */
    static JobConfiguration pipeline(String name, Uids uids, String line, String connector) {
        JobConfiguration first = TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(new Field("key", FieldType.String), new Field("n", FieldType.Long)),
                        TestPipeline.EARLIEST),
                null,
                List.of(Transform.of("seen", new Transform.KeyedCount("key", "seen"))),
                TestPipeline.sink(name, TestPipeline.JSON, "key", Delivery.Guarantee.ExactlyOnce));
        return new JobConfiguration(
                first.formatVersion(),
                first.namespace(),
                first.name(),
                "v" + line.replace('.', '_'),
                connector,
                first.kafka(),
                first.source(),
                first.eventTime(),
                first.transforms(),
                first.sinks(),
                uids);
    }
}
