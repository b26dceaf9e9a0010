package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaConnection;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.Projection;
import io.kafkaflink.model.Transform;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of a Kafka sink make of records, in a real topic. */
class SinkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("headers reach the reader, those of null fields do not; a tombstone deletes what its key had")
    void headersAndTombstones() throws Exception {
        JobConfiguration pipeline = pipeline(
                "upserts",
                List.of(),
                "{topic: upserts-out, keyField: user, tombstoneWhen: at == 0,"
                        + " headers: [{name: site, value: Größe}, {name: at, field: at}]}");
        try (RunningJob job = start(pipeline, 1, "upserts-out")) {
            send(
                    "upserts",
                    "{\"user\":\"a\",\"at\":1}",
                    "{\"user\":\"b\",\"at\":2}",
                    "{\"user\":\"a\",\"at\":0}",
                    "{\"user\":\"b\"}");
            awaitOutput("upserts-out", 4);
            job.stopWithSavepoint();
        }
        List<ConsumerRecord<byte[], byte[]>> records = kafka.readCommitted("upserts-out");
        assertThat(records)
                .extracting(record -> new String(record.key(), UTF_8) + headers(record))
                .containsExactly("a[site=Größe, at=1]", "b[site=Größe, at=2]", "a[site=Größe, at=0]", "b[site=Größe]");
        Map<String, String> newest = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = new String(record.key(), UTF_8);
            if (record.value() == null) {
                newest.remove(key);
            } else {
                newest.put(key, new String(record.value(), UTF_8));
            }
        }
        assertThat(newest).isEqualTo(Map.of("b", "{\"user\":\"b\",\"at\":null}"));
    }

    @Test
    @DisplayName("a field names the topic, exactly once over a savepoint; what names no declared topic stops the job")
    void topics() throws Exception {
        JobConfiguration pipeline =
                pipeline("topics", List.of(), "{topicField: user, topics: [topics-a, topics-b], topic: topics-rest}");
        String savepoint;
        try (RunningJob job = start(pipeline, 1, "topics-a", "topics-b", "topics-rest")) {
            send("topics", "{\"user\":\"topics-a\"}", "{\"user\":\"topics-b\"}", "{\"user\":\"topics-c\"}", "{}");
            awaitOutput("topics-rest", 2);
            savepoint = job.stopWithSavepoint();
        }
        JobConfiguration strict = pipeline("topics", List.of(), "{topicField: user, topics: [topics-a, topics-b]}");
        try (RunningJob job = RunningJob.start(strict, 1, folder, savepoint)) {
            send("topics", "{\"user\":\"topics-b\",\"at\":1}");
            awaitOutput("topics-b", 2);
            send("topics", "{\"user\":\"topics-c\",\"at\":2}");
            assertThat(ExceptionUtils.stringifyException(job.awaitFailure()))
                    .contains(
                            "found \"topics-c\" in its field 'user', which names its topic, expected one of [topics-a,"
                                    + " topics-b]. Add the topic to the sink's topics, set topic for all other records");
        }
        assertThat(values("topics-a")).containsExactly("{\"user\":\"topics-a\",\"at\":null}");
        assertThat(values("topics-b"))
                .containsExactly("{\"user\":\"topics-b\",\"at\":null}", "{\"user\":\"topics-b\",\"at\":1}");
        assertThat(values("topics-rest"))
                .containsExactly("{\"user\":\"topics-c\",\"at\":null}", "{\"user\":null,\"at\":null}");
    }

    @Test
    @DisplayName(
            "Fixed keeps the order of source partitions, Custom asks a class; a time is a field's or that of writing")
    void fixedAndCustom() throws Exception {
        JobConfiguration pipeline = pipeline(
                "chosen",
                List.of(),
                "{topic: fixed-out, partitioner: Fixed, timestamp: Field, timestampField: at}",
                "{topic: custom-out, keyField: user, partitioner: Custom, partitionerClass: "
                        + ByFirstLetter.class.getName() + "}");
        long before = System.currentTimeMillis();
        long hourAgo = before - 3_600_000;
        try (RunningJob job = start(pipeline, 2, "fixed-out", "custom-out")) {
            sendInTurn("chosen", 2, n -> "{\"user\":\"" + (n < 20 ? "a" : "b") + "\",\"at\":" + (hourAgo + n) + "}");
            send("chosen", "{\"user\":\"c\"}");
            awaitOutput("fixed-out", 41);
            awaitOutput("custom-out", 41);
            job.stopWithSavepoint();
        }
        Map<Boolean, List<ConsumerRecord<byte[], byte[]>>> timed = kafka.readCommitted("fixed-out").stream()
                .collect(Collectors.partitioningBy(record -> record.timestamp() < before));
        for (int remainder : new int[] {0, 1}) {
            List<ConsumerRecord<byte[], byte[]>> ofOnePartition = timed.get(true).stream()
                    .filter(record -> (record.timestamp() - hourAgo) % 2 == remainder)
                    .toList();
            assertThat(ofOnePartition)
                    .extracting(ConsumerRecord::timestamp)
                    .containsExactlyElementsOf(LongStream.range(0, 20)
                            .mapToObj(n -> hourAgo + 2 * n + remainder)
                            .toList());
            assertThat(ofOnePartition)
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(ofOnePartition.get(0).partition());
        }
        assertThat(timed.get(false)).singleElement().satisfies(last -> assertThat(last.timestamp())
                .isGreaterThanOrEqualTo(before));
        assertThat(kafka.readCommitted("custom-out")).hasSize(41).allSatisfy(record -> assertThat(record.partition())
                .isEqualTo((record.key()[0] - 'a') % 2));
    }

    @Test
    @DisplayName(
            "SourcePartition: each record in the partition it was read from, whatever the steps and the parallelism")
    void sourcePartition() throws Exception {
        JobConfiguration pipeline = pipeline(
                "mirror",
                List.of(
                        Transform.of("even", new Transform.Filter("at % 2 == 0")),
                        Transform.of("spread", new Transform.Rebalance()),
                        Transform.of("visits", new Transform.KeyedCount("user", "n")),
                        Transform.of(
                                "few",
                                new Projection(List.of(
                                        new Projection.Output("at", null, null),
                                        new Projection.Output("site", null, new Projection.Literal(null, "www")))))),
                "{topic: mirror-out, partitioner: SourcePartition}");
        kafka.createTopic("mirror-in", 3);
        kafka.createTopic("mirror-out", 3);
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            sendInTurn("mirror", 3, n -> "{\"user\":\"u\",\"at\":" + n + "}");
            awaitOutput("mirror-out", 30);
            job.stopWithSavepoint();
        }
        assertThat(kafka.readCommitted("mirror-out"))
                .extracting(record -> record.partition() + new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(TestKafka.range(0, 30).stream()
                        .map(n -> 2 * n)
                        .map(n -> n % 3 + "{\"at\":" + n + ",\"site\":\"www\"}")
                        .toList());
    }

    /** Made by the producer, by its name. */
    public static final class ByFirstLetter implements Partitioner {
        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            return (keyBytes[0] - 'a') % cluster.partitionCountForTopic(topic);
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }

    private List<String> values(String topic) {
        return kafka.readCommitted(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .toList();
    }

    /** @param sinks settings of each beside format and transactions */
    private static JobConfiguration pipeline(String name, List<Transform> steps, String... sinks) throws Exception {
        List<Sink> all = new ArrayList<>();
        Map<String, String> uids = new TreeMap<>();
        for (String settings : sinks) {
            String sink = "sink" + all.size();
            String yaml = "{format: {json: {}}, transactionalIdPrefix: " + name + "." + sink
                    + "., delivery: {transactionTimeout: 1m}, " + settings.substring(1);
            all.add(new Sink(sink, new YAMLMapper().readValue(yaml, KafkaSink.class), null, null));
            uids.put(sink, "sink-" + sink + "-1");
        }
        Format events = TestPipeline.json(new Field("user", FieldType.String), new Field("at", FieldType.Long));
        return new JobConfiguration(
                JobConfiguration.FORMAT_VERSION,
                "test",
                name,
                TestPair.FLINK_VERSION,
                TestPair.CONNECTOR,
                new KafkaConnection(TestKafka.get().bootstrapServers(), Map.of()),
                TestPipeline.kafka(name, events, TestPipeline.EARLIEST),
                null,
                steps,
                all,
                new Uids("source-1", uids));
    }

    private RunningJob start(JobConfiguration pipeline, int partitions, String... topics) throws Exception {
        kafka.createTopic(pipeline.name() + "-in", partitions);
        for (String topic : topics) {
            kafka.createTopic(topic, partitions);
        }
        return RunningJob.start(pipeline, partitions, folder);
    }

    private void send(String name, String... values) {
        kafka.produce(Arrays.stream(values)
                .map(value -> new ProducerRecord<byte[], byte[]>(name + "-in", 0, null, value.getBytes(UTF_8)))
                .toList());
    }

    /** Twenty records for each partition, one partition after the other. */
    private void sendInTurn(String name, int partitions, IntFunction<String> value) {
        kafka.produce(TestKafka.range(0, 20 * partitions).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(
                        name + "-in", n % partitions, null, value.apply(n).getBytes(UTF_8)))
                .toList());
    }

    private void awaitOutput(String topic, int records) {
        await().atMost(PATIENCE).until(() -> kafka.readCommitted(topic).size() >= records);
    }
}
