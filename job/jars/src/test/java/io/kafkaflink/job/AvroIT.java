package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.kafka.DeadLetter;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Transform;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in Avro through a packed job; what they are in bytes is written down here, by the specification. */
@Tag("every-pair")
class AvroIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Format ORDERS = avro("""
            {"type": "record", "name": "Order", "fields": [
              {"name": "customer", "type": "string"},
              {"name": "n", "type": ["null", "int"]},
              {"name": "tags", "type": {"type": "array", "items": "string"}}]}
            """);
    private static final Format RAW = new Format(null, null, new Format.Raw());

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("Every record goes through once over a savepoint, bad ones as they were; the sink's schema is its own")
    void passes() throws Exception {
        try (Admin admin = kafka.admin()) {
            admin.createTopics(List.of(
                            new NewTopic("avro-in", 2, (short) 1),
                            new NewTopic("avro-out", 1, (short) 1),
                            new NewTopic("avro-dead", 1, (short) 1)))
                    .all()
                    .get();
        }
        JobConfiguration pipeline = TestPipeline.of(
                "avro",
                TestPipeline.kafka("avro", ORDERS, new OnError(OnError.Action.DeadLetter, "dead")),
                null,
                List.of(
                        Transform.of("spread", new Transform.Rebalance()),
                        Transform.of("all", new Transform.Filter("customer != ''"))),
                TestPipeline.sink("avro", avro(null), "customer", Delivery.Guarantee.ExactlyOnce),
                TestPipeline.side("avro", "dead", RAW));
        produce(0, 100);
        String savepoint;
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            await().atMost(PATIENCE).until(() -> kafka.readCommitted("avro-out").size() == 90);
            savepoint = job.stopWithSavepoint();
        }
        produce(100, 200);
        try (RunningJob job = RunningJob.start(pipeline, 2, folder, savepoint)) {
            await().atMost(PATIENCE)
                    .until(() -> kafka.readCommitted("avro-out").size() >= 180
                            && kafka.readCommitted("avro-dead").size() >= 20);
            job.stopWithSavepoint();
        }

        assertThat(kafka.readCommitted("avro-out"))
                .extracting(record -> HexFormat.of().formatHex(record.value()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 200)
                        .filter(n -> n % 10 != 3)
                        .mapToObj(n -> HexFormat.of().formatHex(result(n)))
                        .toList());
        assertThat(kafka.readCommitted("avro-dead")).hasSize(20).allSatisfy(letter -> {
            assertThat(letter.value()).containsExactly(2, 'c', 4);
            assertThat(new String(letter.headers().lastHeader(DeadLetter.ERROR).value(), UTF_8))
                    .isEqualTo("found type 2 of a union in field 'n', expected 0 or 1");
        });
    }

    /** Of ten records one is bad. */
    private void produce(int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = from; n < to; n++) {
            records.add(new ProducerRecord<>("avro-in", n % 2, null, n % 10 == 3 ? new byte[] {2, 'c', 4} : order(n)));
        }
        kafka.produce(records);
    }

    /** The customer's name, a union whose second type is the number, two tags and the end of the array. */
    private static byte[] order(int n) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text(bytes, "customer " + n);
        bytes.write(2);
        number(bytes, n);
        bytes.write(4);
        text(bytes, "a");
        text(bytes, "b" + n);
        bytes.write(0);
        return bytes.toByteArray();
    }

    /** The same where everything is in a union whose first type is null. */
    private static byte[] result(int n) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(2);
        text(bytes, "customer " + n);
        bytes.write(2);
        number(bytes, n);
        bytes.write(2);
        bytes.write(4);
        bytes.write(2);
        text(bytes, "a");
        bytes.write(2);
        text(bytes, "b" + n);
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static void text(ByteArrayOutputStream bytes, String text) {
        number(bytes, text.length());
        bytes.writeBytes(text.getBytes(UTF_8));
    }

    /** Up to 8191: twice the number, in one byte or two. */
    private static void number(ByteArrayOutputStream bytes, int number) {
        int zigzag = 2 * number;
        if (zigzag < 128) {
            bytes.write(zigzag);
        } else {
            bytes.write(zigzag % 128 + 128);
            bytes.write(zigzag / 128);
        }
    }

    private static Format avro(String schema) {
        return new Format(new Format.Avro(schema));
    }
}
