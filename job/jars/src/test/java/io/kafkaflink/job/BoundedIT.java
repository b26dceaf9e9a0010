package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.handover.SavedState;
import io.kafkaflink.model.DatagenSource;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.PartitionOffset;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.StoppingOffsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that end by themselves, with exactly the records before their ends: three partitions, the third one empty. */
class BoundedIT {
    private static final StoppingOffsets LATEST = new StoppingOffsets(StoppingOffsets.Mode.Latest, null, null);
    private static final int PARTITIONS = 3;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @Tag("every-pair")
    @DisplayName("Latest after an upgrade: the ends are those of the first start, and what was read stays read")
    void keepsItsEnds() throws Exception {
        topics("ends");
        kafka.produce(texts("ends", 0, 0, 10));
        String savepoint;
        try (KafkaProducer<byte[], byte[]> producer = kafka.transactional("ends-open")) {
            // Ends count what is open: the job waits for it, with partition 0 read to its end.
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : texts("ends", 1, 10, 15)) {
                Future<RecordMetadata> sent = producer.send(record);
                producer.flush();
                sent.get();
            }
            try (RunningJob job = RunningJob.start(bounded("ends", TestPipeline.EARLIEST, LATEST), 2, folder)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> numbers("ends").size() == 10);
                // As the Flink operator does: a subtask that just finishes declines, and the job goes on.
                savepoint = await().atMost(Duration.ofSeconds(60))
                        .ignoreException(ExecutionException.class)
                        .until(job::stopWithSavepoint, path -> true);
            }
            producer.commitTransaction();
        }
        kafka.produce(texts("ends", 0, 100, 110));
        kafka.produce(texts("ends", 1, 110, 120));
        kafka.produce(texts("ends", 2, 120, 130));
        assertThat(SavedState.read(savepoint, ConnectorLine.onClassPath())
                        .offsets("source-1")
                        .offsets())
                .as("what is still to be read")
                .containsOnlyKeys(new TopicPartition("ends-in", 1));

        try (RunningJob job = RunningJob.start(bounded("ends", TestPipeline.EARLIEST, LATEST), 2, folder, savepoint)) {
            job.awaitFinished();
        }

        assertThat(numbers("ends")).isEqualTo(TestKafka.range(0, 15));
    }

    @Test
    @DisplayName("Latest behind a transaction that was committed: ends although its last offset is no record")
    void endsBehindMarkers() throws Exception {
        topics("markers");
        try (KafkaProducer<byte[], byte[]> producer = kafka.transactional("markers-open")) {
            producer.beginTransaction();
            texts("markers", 0, 0, 5).forEach(producer::send);
            producer.commitTransaction();
            producer.beginTransaction();
            texts("markers", 1, 5, 9).forEach(producer::send);
            producer.abortTransaction();
        }

        finish(bounded("markers", TestPipeline.EARLIEST, LATEST));

        assertThat(numbers("markers")).isEqualTo(TestKafka.range(0, 5));
    }

    @Test
    @DisplayName("Timestamp: from the first record at or after one time to the last before another")
    void betweenTimes() throws Exception {
        topics("times");
        kafka.produce(TestKafka.range(0, 40).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(
                        "times-in", n % 2, 1_700_000_000_000L + n * 1000L, null, ("times " + n).getBytes(UTF_8)))
                .toList());
        StartingOffsets start = new StartingOffsets(StartingOffsets.Mode.Timestamp, null, "2023-11-14T22:13:30Z", null);
        StoppingOffsets stop = new StoppingOffsets(StoppingOffsets.Mode.Timestamp, "2023-11-14T23:13:45+01:00", null);

        finish(bounded("times", start, stop));

        assertThat(numbers("times")).isEqualTo(TestKafka.range(10, 25));
    }

    @Test
    @DisplayName("Specific: as listed; partitions left out at the start begin at the group's offset")
    void atListedOffsets() throws Exception {
        topics("listed");
        kafka.produce(texts("listed", 0, 0, 10));
        kafka.produce(texts("listed", 1, 10, 20));
        kafka.produce(texts("listed", 2, 20, 30));
        kafka.commit("listed", Map.of(new TopicPartition("listed-in", 1), 6L));
        StartingOffsets start = new StartingOffsets(
                StartingOffsets.Mode.Specific, null, null, List.of(new PartitionOffset("listed-in", 0, 3L)));
        StoppingOffsets stop = new StoppingOffsets(
                StoppingOffsets.Mode.Specific,
                null,
                List.of(
                        new PartitionOffset("listed-in", 0, 5L),
                        new PartitionOffset("listed-in", 1, 8L),
                        new PartitionOffset("listed-in", 2, 0L)));

        finish(bounded("listed", start, stop));

        assertThat(numbers("listed")).containsExactly(3, 4, 16, 17);
    }

    @Test
    @DisplayName("Committed: up to the group's offsets, nothing of partitions without one")
    void upToCommittedOffsets() throws Exception {
        topics("upto");
        kafka.produce(texts("upto", 0, 0, 10));
        kafka.produce(texts("upto", 1, 10, 20));
        kafka.commit("upto", Map.of(new TopicPartition("upto-in", 0), 7L));

        finish(bounded("upto", TestPipeline.EARLIEST, new StoppingOffsets(StoppingOffsets.Mode.Committed, null, null)));

        assertThat(numbers("upto")).isEqualTo(TestKafka.range(0, 7));
    }

    @Test
    @DisplayName("A generator with a count ends after its last record")
    void countedRecords() throws Exception {
        topics("counted");

        finish(TestPipeline.of(
                "counted",
                new Source(null, new DatagenSource("n ", 1000, 250L)),
                null,
                List.of(),
                TestPipeline.sink("counted", TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce)));

        assertThat(numbers("counted")).isEqualTo(TestKafka.range(0, 250));
    }

    private void finish(JobConfiguration configuration) throws Exception {
        try (RunningJob job = RunningJob.start(configuration, 2, folder)) {
            job.awaitFinished();
        }
    }

    private void topics(String name) throws Exception {
        kafka.createTopic(name + "-in", PARTITIONS);
        kafka.createTopic(name + "-out", 1);
    }

    private static JobConfiguration bounded(String name, StartingOffsets start, StoppingOffsets stop) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, TestPipeline.TEXT, start, stop, PARTITIONS),
                null,
                List.of(),
                TestPipeline.sink(name, TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce));
    }

    private static List<ProducerRecord<byte[], byte[]>> texts(String name, int partition, int from, int to) {
        return TestKafka.range(from, to).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(
                        name + "-in", partition, null, (name + " " + n).getBytes(UTF_8)))
                .toList();
    }

    private List<Integer> numbers(String name) {
        return kafka.readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .map(value -> Integer.valueOf(value.substring(value.lastIndexOf(' ') + 1)))
                .sorted()
                .toList();
    }
}
