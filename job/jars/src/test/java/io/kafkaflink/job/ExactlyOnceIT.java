package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("every-pair")
class ExactlyOnceIT {
    private static final int KEYS = 40;
    private static final Pattern OUTPUT = Pattern.compile("\\{\"key\":\"k(\\d+)\",\"n\":(\\d+),\"seen\":(\\d+)}");

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    @DisplayName("Numbered records pass exactly once and in order, through two rescaling restarts under load")
    void throughRestarts() throws Exception {
        String name = "exactly-once";
        TestKafka kafka = TestKafka.get();
        kafka.createTopic(name + "-in", 4);
        kafka.createTopic(name + "-out", 4);
        Thread load = new Thread(() -> produce(kafka, name + "-in"), "load");
        load.start();

        String savepoint;
        try (RunningJob job = RunningJob.start(pipeline(name), 2, folder)) {
            awaitOutput(kafka, name, 2_000);
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = RunningJob.start(pipeline(name), 4, folder, savepoint)) {
            awaitOutput(kafka, name, 10_000);
            savepoint = job.stopWithSavepoint();
        }
        try (RunningJob job = RunningJob.start(pipeline(name), 1, folder, savepoint)) {
            stopped.set(true);
            load.join();
            awaitOutput(kafka, name, KEYS * rounds.get());
            job.stopWithSavepoint();
        }
        verify(kafka.readCommitted(name + "-out"));
    }

    /** About 4,000 records a second until told to stop, each key numbered from 1. */
    private void produce(TestKafka kafka, String topic) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            for (int n = 1; !stopped.get(); n++) {
                for (int key = 0; key < KEYS; key++) {
                    String value = "{\"key\": \"k" + key + "\", \"n\": " + n + ", \"more\": [1, {\"a\": null}]}";
                    producer.send(new ProducerRecord<>(topic, ("k" + key).getBytes(UTF_8), value.getBytes(UTF_8)));
                }
                rounds.set(n);
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    private static void awaitOutput(TestKafka kafka, String name, int records) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> kafka.readCommitted(name + "-out").size() >= records);
    }

    /** Shares nothing with the job: text in, counters by hand. */
    private void verify(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Integer, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String text = new String(record.value(), UTF_8);
            Matcher output = OUTPUT.matcher(text);
            assertThat(output.matches()).as(text).isTrue();
            int key = Integer.parseInt(output.group(1));
            int n = Integer.parseInt(output.group(2));
            assertThat(new String(record.key(), UTF_8)).isEqualTo("k" + key);
            assertThat(n).as("next record of key " + key).isEqualTo(last.getOrDefault(key, 0) + 1);
            assertThat(output.group(3)).as("running count in " + text).isEqualTo(String.valueOf(n));
            last.put(key, n);
        }
        assertThat(last).hasSize(KEYS);
        assertThat(last.values()).containsOnly(rounds.get());
    }

    private static JobConfiguration pipeline(String name) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(new Field("key", FieldType.String), new Field("n", FieldType.Long)),
                        TestPipeline.EARLIEST),
                null,
                List.of(
                        Transform.of("all", new Transform.Filter("n > 0 && key != ''")),
                        Transform.of("seen", new Transform.KeyedCount("key", "seen"))),
                TestPipeline.sink(name, TestPipeline.JSON, "key", Delivery.Guarantee.ExactlyOnce));
    }
}
