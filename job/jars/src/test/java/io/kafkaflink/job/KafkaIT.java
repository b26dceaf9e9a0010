package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.kafka.RecordReader;
import io.kafkaflink.model.DatagenSource;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.JobConfiguration.SourceClient;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaIT {
    private static final Transform SHOUT = Transform.of("shout", new Transform.Prefix("Kafka and Flink says: ", null));
    private static final Transform SPREAD = Transform.of("spread", new Transform.Rebalance());

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("Text passes with a prefix, its timestamp and without tombstones")
    void prefixesText() throws Exception {
        topics("text");
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>(texts("text", 0, 10));
        input.add(new ProducerRecord<>("text-in", 0, 5L, "key".getBytes(UTF_8), (byte[]) null));
        input.add(new ProducerRecord<>("text-in", 0, 1_234L, null, "Größe 😀".getBytes(UTF_8)));
        kafka.produce(input);
        try (RunningJob job = RunningJob.start(text("text", TestPipeline.EARLIEST, SHOUT, SPREAD), 2, folder)) {
            awaitOutput("text", 11);
            assertThat(job.metric(RecordReader.TOMBSTONES)).isEqualTo(1);
            assertThat(job.metric("records-consumed-total")).isPositive();
            job.stopWithSavepoint();
        }
        assertThat(values("text"))
                .contains("Kafka and Flink says: Größe 😀", "Kafka and Flink says: text 0")
                .hasSize(11);
        assertThat(kafka.readCommitted("text-out"))
                .filteredOn(record -> new String(record.value(), UTF_8).endsWith("😀"))
                .extracting(ConsumerRecord::timestamp)
                .containsExactly(1_234L);
    }

    @Test
    @DisplayName("Generated records are numbered from 0 without gap, whatever the parallelism")
    void generates() throws Exception {
        topics("datagen");
        JobConfiguration pipeline = TestPipeline.of(
                "datagen",
                new Source(null, new DatagenSource("m-", 500, null)),
                null,
                List.of(SHOUT),
                TestPipeline.sink("datagen", TestPipeline.TEXT, null, Delivery.Guarantee.AtLeastOnce));
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            awaitOutput("datagen", 300);
            job.stopWithSavepoint();
        }
        List<String> values = values("datagen");
        assertThat(values)
                .containsExactlyInAnyOrderElementsOf(TestKafka.range(0, values.size()).stream()
                        .map(n -> "Kafka and Flink says: m-" + n)
                        .toList());
    }

    @Test
    @DisplayName("A record that cannot be read fails the job and is named in the message")
    void namesThePoisonRecord() throws Exception {
        topics("poison");
        kafka.produce(List.of(
                new ProducerRecord<>("poison-in", 1, null, "{\"n\": 1}".getBytes(UTF_8)),
                new ProducerRecord<>("poison-in", 1, null, "{\"n\": \"one\"}\n".getBytes(UTF_8))));
        JobConfiguration pipeline = TestPipeline.of(
                "poison",
                TestPipeline.kafka("poison", TestPipeline.json(new Field("n", FieldType.Long)), TestPipeline.EARLIEST),
                null,
                List.of(),
                TestPipeline.sink("poison", TestPipeline.JSON, null, Delivery.Guarantee.None));
        try (RunningJob job = RunningJob.start(pipeline, 1, folder)) {
            assertThat(ExceptionUtils.stringifyException(job.awaitFailure()))
                    .contains("Record at topic poison-in, partition 1, offset 1 cannot be read: found a text in field"
                            + " 'n', expected a whole number (Long). Value of 13 bytes:"
                            + " \"{\"n\": \"one\"}\\u000a\".");
        }
    }

    @Test
    @DisplayName("Committed starts at the group's offsets and resets only the partitions that have none")
    void startsAtCommittedOffsets() throws Exception {
        topics("committed");
        kafka.produce(texts("committed", 0, 20));
        kafka.commit("committed", Map.of(new TopicPartition("committed-in", 0), 7L));
        try (RunningJob job =
                RunningJob.start(text("committed", committed(StartingOffsets.ResetStrategy.Earliest)), 1, folder)) {
            awaitOutput("committed", 13);
            job.stopWithSavepoint();
        }
        assertThat(numbers("committed")).containsExactly(1, 3, 5, 7, 9, 11, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    @DisplayName("Committed with reset None fails when a partition has no offset")
    void failsWithoutCommittedOffsets() throws Exception {
        topics("uncommitted");
        kafka.produce(texts("uncommitted", 0, 4));
        try (RunningJob job =
                RunningJob.start(text("uncommitted", committed(StartingOffsets.ResetStrategy.None)), 1, folder)) {
            assertThat(ExceptionUtils.stringifyException(job.awaitFailure()))
                    .contains("The consumer group has no committed offset of [")
                    .contains("uncommitted-in-0")
                    .contains("commit offsets or choose another resetStrategy");
        }
    }

    @Test
    @DisplayName("Latest reads only what comes after the start")
    void startsAtLatest() throws Exception {
        topics("latest");
        kafka.produce(texts("latest", 0, 10));
        StartingOffsets latest = StartingOffsets.of(StartingOffsets.Mode.Latest);
        try (RunningJob job =
                RunningJob.start(text("latest", latest), 1, folder).awaitRunning()) {
            // The end is looked up by the first reader that asks, after the first checkpoint maybe.
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                kafka.produce(texts("latest", 10, 11));
                return !values("latest").isEmpty();
            });
            kafka.produce(texts("latest", 20, 30));
            await().atMost(Duration.ofSeconds(30)).until(() -> numbers("latest").contains(29));
            job.stopWithSavepoint();
        }
        assertThat(numbers("latest")).allMatch(n -> n >= 10).containsAll(TestKafka.range(20, 30));
    }

    @Test
    @DisplayName(
            "Consumers have the client id and the rack that were asked for, and no metrics of their own; the rest passes through")
    void setsUpItsConsumers() throws Exception {
        topics("client");
        kafka.produce(texts("client", 0, 4));
        // Set in every JVM, and no secret.
        String variable = "PATH";
        JobConfiguration pipeline = TestPipeline.of(
                "client",
                new KafkaConnection(
                        kafka.bootstrapServers(),
                        Map.of("interceptor.classes", ClientSettings.class.getName(), "max.poll.records", "77")),
                TestPipeline.kafka(
                        "client",
                        TestPipeline.TEXT,
                        TestPipeline.EARLIEST,
                        new SourceClient("own-reader", variable, false)),
                null,
                List.of(),
                List.of(TestPipeline.sink("client", TestPipeline.TEXT, null, Delivery.Guarantee.AtLeastOnce)),
                new Uids("source-1", Map.of("main", "sink-main-1")));
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            awaitOutput("client", 4);
            assertThat(job.metric("commitsSucceeded")).isNotNegative();
            assertThat(job.metric("records-consumed-total")).isEqualTo(-1);
        }
        assertThat(ClientSettings.ofGroup("client"))
                .filteredOn(settings -> settings.containsKey("client.rack")
                        && !settings.get("client.rack").equals(""))
                .hasSize(2)
                .allSatisfy(settings -> assertThat(settings)
                        .containsEntry("client.rack", System.getenv(variable))
                        .containsEntry("max.poll.records", "77")
                        .hasEntrySatisfying(
                                "client.id", id -> assertThat(id).asString().startsWith("own-reader-")));
    }

    private void topics(String name) throws Exception {
        kafka.createTopic(name + "-in", 2);
        kafka.createTopic(name + "-out", 1);
    }

    private static StartingOffsets committed(StartingOffsets.ResetStrategy reset) {
        return StartingOffsets.committed(reset);
    }

    private static JobConfiguration text(String name, StartingOffsets start, Transform... steps) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, TestPipeline.TEXT, start),
                null,
                Arrays.asList(steps),
                TestPipeline.sink(name, TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce));
    }

    /** Even numbers go to partition 0, odd ones to partition 1. */
    private static List<ProducerRecord<byte[], byte[]>> texts(String name, int from, int to) {
        return TestKafka.range(from, to).stream()
                .map(n ->
                        new ProducerRecord<byte[], byte[]>(name + "-in", n % 2, null, (name + " " + n).getBytes(UTF_8)))
                .collect(Collectors.toList());
    }

    private void awaitOutput(String name, int records) {
        await().atMost(Duration.ofSeconds(60)).until(() -> values(name).size() >= records);
    }

    private List<String> values(String name) {
        return kafka.readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private List<Integer> numbers(String name) {
        return values(name).stream()
                .map(value -> Integer.valueOf(value.substring(value.lastIndexOf(' ') + 1)))
                .sorted()
                .toList();
    }
}
