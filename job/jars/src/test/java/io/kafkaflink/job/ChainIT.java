package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two pipelines, one after the other, as prefix.yaml and chained.yaml of the examples. */
class ChainIT {
    private static final int RECORDS = 400;
    private static final int HALF = RECORDS / 2;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("What the first writes in transactions the second reads once, while the first is stopped and goes on")
    void exactThroughBoth() throws Exception {
        kafka.createTopic("leading-in", 2);
        kafka.createTopic("following-in", 2);
        kafka.createTopic("following-out", 1);
        JobConfiguration first = pipeline("leading", "following-in");
        JobConfiguration second = pipeline("following", "following-out");
        produce(0, HALF);
        try (RunningJob follower = RunningJob.start(second, 2, folder.resolve("following"))) {
            String state;
            try (RunningJob leader = RunningJob.start(first, 2, folder.resolve("leading"))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> !output().isEmpty());
                state = leader.stopWithSavepoint();
            }
            produce(HALF, RECORDS);
            try (RunningJob leader = RunningJob.start(first, 1, folder.resolve("leading"), state)) {
                await().atMost(Duration.ofSeconds(60)).until(() -> output().size() >= RECORDS);
                leader.stopWithSavepoint();
            }
            follower.stopWithSavepoint();
        }
        assertThat(output())
                .containsExactlyInAnyOrderElementsOf(TestKafka.range(0, RECORDS).stream()
                        .map(n -> "following leading " + n)
                        .toList());
    }

    private void produce(int from, int to) {
        kafka.produce(TestKafka.range(from, to).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>("leading-in", n % 2, null, ("" + n).getBytes(UTF_8)))
                .toList());
    }

    private List<String> output() {
        return kafka.readCommitted("following-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static JobConfiguration pipeline(String name, String target) {
        Sink sink = TestPipeline.sink(
                target, TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce, "test." + name + ".main.");
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, TestPipeline.TEXT, TestPipeline.EARLIEST),
                null,
                List.of(Transform.of("label", new Transform.Prefix(name + " ", null))),
                sink);
    }
}
