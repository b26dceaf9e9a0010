package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.KeyValueFormat;
import io.kafkaflink.model.OnError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbered keys and values that are both JSON. */
@Tag("every-pair")
class KeyValueIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "key-value";
    private static final int RECORDS = 300;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "fields of key, value and record arrive once, under the new key; a bad key is skipped, a tombstone is none")
    void moves() throws Exception {
        kafka.createTopic(NAME + "-in", 1);
        kafka.createTopic(NAME + "-out", 1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            boolean keyed = i % 3 != 0;
            boolean valued = i % 5 != 0;
            records.add(new ProducerRecord<>(
                    NAME + "-in",
                    0,
                    1_000L + i,
                    keyed ? utf8("{\"user\":\"u" + i + "\"}") : null,
                    valued ? utf8("{\"n\":" + i + ",\"ignored\":[]}") : null));
            expected.add("{\"place\":" + i + ",\"user\":" + (keyed ? "\"u" + i + "\"" : null) + "}={\"n\":"
                    + (valued ? i : null) + ",\"readFrom\":\"" + NAME + "-in\",\"slot\":0,\"at\":" + (1_000 + i) + "}");
        }
        records.add(new ProducerRecord<>(NAME + "-in", 0, utf8("no JSON"), utf8("{}")));
        kafka.produce(records);

        try (RunningJob job = RunningJob.start(pipeline(), 1, folder)) {
            await().atMost(PATIENCE)
                    .until(() -> kafka.readCommitted(NAME + "-out").size() >= RECORDS);
            assertThat(job.metric("skipped")).isEqualTo(1);
            job.stopWithSavepoint();
        }

        assertThat(kafka.readCommitted(NAME + "-out"))
                .extracting(record -> new String(record.key(), UTF_8) + "=" + new String(record.value(), UTF_8))
                .containsExactlyElementsOf(expected);
    }

    private static JobConfiguration pipeline() {
        KeyValueFormat read = new KeyValueFormat(
                List.of(new Field.Member("user", FieldType.String)),
                List.of(new Field.Member("n", FieldType.Long)),
                new KeyValueFormat.Metadata("readFrom", "slot", "place", "at"),
                null);
        KeyValueFormat written = new KeyValueFormat(null, null, null, List.of("place", "user"));
        return TestPipeline.of(
                NAME,
                TestPipeline.kafka(NAME, format(read), new OnError(OnError.Action.Skip, null)),
                null,
                List.of(),
                TestPipeline.sink(NAME, format(written), null, Delivery.Guarantee.ExactlyOnce));
    }

    private static Format format(KeyValueFormat format) {
        return new Format(format);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
