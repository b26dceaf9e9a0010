package io.kafkaflink.job.handover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.RunningJob;
import io.kafkaflink.job.TestKafka;
import io.kafkaflink.job.TestPair;
import io.kafkaflink.job.TestPipeline;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Transform;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("every-pair")
class SavepointsIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("A savepoint of this pair, made by a real job, is read; it is kept for the newest pair to read it too")
    void readsItsOwn() throws Exception {
        TestKafka kafka = TestKafka.get();
        kafka.createTopic("golden-in", 3);
        kafka.createTopic("golden-out", 1);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            byte[] value = ("{\"n\":" + n + "}").getBytes(UTF_8);
            records.add(new ProducerRecord<>("golden-in", n < 5 ? 0 : 1, null, value));
        }
        kafka.produce(records);
        String savepoint;
        try (RunningJob job = RunningJob.start(pipeline(), 2, folder)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> kafka.readCommitted("golden-out").size() == 12);
            savepoint = job.stopWithSavepoint();
        }
        GoldenSavepoint golden =
                GoldenSavepoint.keep(TestPair.LINE, TestPair.CONNECTOR, Path.of(URI.create(savepoint)));
        golden.verify();
        assertThat(SavedState.read(savepoint, io.kafkaflink.job.ConnectorLine.onClassPath())
                        .checkpointId())
                .isPositive();
    }

    private static JobConfiguration pipeline() {
        return TestPipeline.of(
                "golden",
                TestPipeline.kafka("golden", TestPipeline.json(new Field("n", FieldType.Long)), TestPipeline.EARLIEST),
                null,
                List.of(Transform.of("seen", new Transform.KeyedCount("n", "seen"))),
                TestPipeline.sink("golden", TestPipeline.JSON, null, Delivery.Guarantee.ExactlyOnce));
    }
}
