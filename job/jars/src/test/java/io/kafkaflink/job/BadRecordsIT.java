package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.kafka.DeadLetter;
import io.kafkaflink.job.kafka.RecordReader;
import io.kafkaflink.job.step.LateRecords;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that cannot be read or come late: every one is accounted for. */
class BadRecordsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long START = 1_700_000_040_000L;
    private static final Format RAW = new Format(null, null, new Format.Raw());
    private static final Format EVENTS = TestPipeline.json(
            new Field("user", FieldType.String), new Field("time", FieldType.Long), new Field("n", FieldType.Long));
    private static final int LARGE = 3_000_000;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("DeadLetter: each bad record is written once, as it was, also over a savepoint and beyond 1 MB")
    void deadLetters() throws Exception {
        topics("letters", "dead");
        JobConfiguration pipeline = TestPipeline.of(
                "letters",
                TestPipeline.kafka("letters", EVENTS, new OnError(OnError.Action.DeadLetter, "dead")),
                null,
                List.of(Transform.of("spread", new Transform.Rebalance())),
                TestPipeline.sink("letters", TestPipeline.JSON, "user", Delivery.Guarantee.ExactlyOnce),
                TestPipeline.side("letters", "dead", RAW));
        produce("letters", 0, 200);
        String savepoint;
        long first;
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            await().atMost(PATIENCE).until(() -> read("letters-dead").size() >= 20);
            first = job.metric("deadLettered");
            savepoint = job.stopWithSavepoint();
        }
        assertThat(first).isEqualTo(20);
        produce("letters", 200, 300);
        send(new ProducerRecord<>(
                "letters-in", 0, 5L, "large".getBytes(UTF_8), "x".repeat(LARGE).getBytes(UTF_8)));
        try (RunningJob job = RunningJob.start(pipeline, 2, folder, savepoint)) {
            await().atMost(PATIENCE)
                    .until(() -> read("letters-dead").size() >= 31
                            && read("letters-out").size() >= 240);
            assertThat(job.metric("deadLettered")).isEqualTo(11);
            assertThat(job.metric(RecordReader.TOMBSTONES)).isEqualTo(10);
            job.stopWithSavepoint();
        }
        // In: 301. Out: 240 rows and 31 dead letters; 30 records have no value.
        assertThat(read("letters-out")).hasSize(240);
        List<ConsumerRecord<byte[], byte[]>> letters = read("letters-dead");
        assertThat(letters).hasSize(31);
        assertThat(letters).filteredOn(letter -> letter.value().length == LARGE).hasSize(1);
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            String key = new String(letter.key(), UTF_8);
            if (key.equals("large")) {
                continue;
            }
            assertThat(new String(letter.value(), UTF_8)).isEqualTo("{\"n\": " + key);
            assertThat(letter.headers().lastHeader("trace").value()).isEqualTo(letter.key());
            assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("letters-in");
            assertThat(header(letter, DeadLetter.ERROR)).startsWith("found no valid JSON");
            int number = Integer.parseInt(key);
            assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo(String.valueOf(number % 2));
            assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo(String.valueOf(number / 2));
            assertThat(header(letter, DeadLetter.TIMESTAMP)).isEqualTo("1234");
        }
        assertThat(letters)
                .extracting(letter -> new String(letter.key(), UTF_8))
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Skip: bad records are left out and counted, and the rest goes on")
    void skips() throws Exception {
        topics("skips");
        JobConfiguration pipeline = TestPipeline.of(
                "skips",
                TestPipeline.kafka("skips", EVENTS, new OnError(OnError.Action.Skip, null)),
                null,
                List.of(),
                TestPipeline.sink("skips", TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce));
        produce("skips", 0, 100);
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            await().atMost(PATIENCE).until(() -> read("skips-out").size() >= 80);
            assertThat(job.metric("skipped")).isEqualTo(10);
            assertThat(job.metric(RecordReader.TOMBSTONES)).isEqualTo(10);
            job.stopWithSavepoint();
        }
        assertThat(read("skips-out")).hasSize(80);
    }

    @Test
    @DisplayName("Late records go to their sink with the fields and the time they came with, beside dead letters")
    void late() throws Exception {
        topics("late", "late", "dead");
        JobConfiguration pipeline = TestPipeline.of(
                "late",
                TestPipeline.kafka("late", EVENTS, new OnError(OnError.Action.DeadLetter, "dead")),
                new EventTime(EventTime.Timestamp.Field, "time", "0s", "30s"),
                List.of(Transform.of(
                        "counts",
                        new Window(
                                "user",
                                new Window.Tumbling("10s"),
                                null,
                                null,
                                null,
                                List.of(Metric.count("n")),
                                new Window.Late("late")))),
                TestPipeline.sink("late", TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce),
                TestPipeline.side("late", "late", TestPipeline.JSON),
                TestPipeline.side("late", "dead", RAW));
        try (RunningJob job = RunningJob.start(pipeline, 1, folder)) {
            // A dead letter does not move event time, whatever its timestamp is.
            send(new ProducerRecord<>("late-in", 0, START + 900_000, null, "{".getBytes(UTF_8)));
            event("a", 5, 1);
            event("b", 15, 2);
            await().atMost(PATIENCE).until(() -> read("late-out").size() == 1);
            event("a", 6, 3);
            await().atMost(PATIENCE).until(() -> read("late-late").size() == 1);
            assertThat(job.metric(LateRecords.METRIC)).isEqualTo(1);
            job.stopWithSavepoint();
        }
        assertThat(read("late-out"))
                .singleElement()
                .extracting(record -> new String(record.value(), UTF_8))
                .isEqualTo("{\"user\":\"a\",\"windowStart\":" + START + ",\"windowEnd\":" + (START + 10_000)
                        + ",\"n\":1}");
        assertThat(read("late-late")).singleElement().satisfies(record -> {
            assertThat(new String(record.value(), UTF_8))
                    .isEqualTo("{\"user\":\"a\",\"time\":" + (START + 6_000) + ",\"n\":3}");
            assertThat(record.timestamp()).isEqualTo(START + 6_000);
        });
        assertThat(read("late-dead")).hasSize(1);
    }

    @Test
    @DisplayName("Raw: any bytes pass as they are, through a step that crosses the network")
    void passesBytes() throws Exception {
        topics("raw");
        JobConfiguration pipeline = TestPipeline.of(
                "raw",
                TestPipeline.kafka("raw", RAW, TestPipeline.EARLIEST),
                null,
                List.of(Transform.of("spread", new Transform.Rebalance())),
                TestPipeline.sink("raw", RAW, null, Delivery.Guarantee.ExactlyOnce));
        byte[] bytes = {0, (byte) 0xff, (byte) 0xc3, 10};
        send(new ProducerRecord<>("raw-in", 0, null, bytes));
        send(new ProducerRecord<>("raw-in", 1, null, new byte[0]));
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            await().atMost(PATIENCE).until(() -> read("raw-out").size() == 2);
            job.stopWithSavepoint();
        }
        assertThat(read("raw-out")).extracting(ConsumerRecord::value).containsExactlyInAnyOrder(bytes, new byte[0]);
    }

    /** Of ten records one is bad and one has no value; number n is in partition n % 2 at offset n / 2. */
    private void produce(String name, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = from; n < to; n++) {
            byte[] key = String.valueOf(n).getBytes(UTF_8);
            String value = n % 10 == 3 ? "{\"n\": " + n : "{\"user\": \"" + n + "\", \"n\": " + n + "}";
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(name + "-in", n % 2, 1_234L, key, n % 10 == 7 ? null : value.getBytes(UTF_8));
            record.headers().add("trace", key);
            records.add(record);
        }
        kafka.produce(records);
    }

    private void event(String user, long second, long n) {
        String value = "{\"user\":\"" + user + "\",\"time\":" + (START + second * 1000) + ",\"n\":" + n + "}";
        send(new ProducerRecord<>("late-in", 0, null, value.getBytes(UTF_8)));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", String.valueOf(2 * LARGE));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record);
        }
    }

    private void topics(String name, String... sides) throws Exception {
        Map<String, String> large = Map.of("max.message.bytes", String.valueOf(2 * LARGE));
        List<NewTopic> topics = new ArrayList<>(List.of(
                new NewTopic(name + "-in", name.equals("late") ? 1 : 2, (short) 1).configs(large),
                new NewTopic(name + "-out", 1, (short) 1)));
        for (String side : sides) {
            topics.add(new NewTopic(name + "-" + side, 1, (short) 1).configs(large));
        }
        try (Admin admin = kafka.admin()) {
            admin.createTopics(topics).all().get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return kafka.readCommitted(topic);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
