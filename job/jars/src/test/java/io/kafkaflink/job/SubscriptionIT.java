package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaSource;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.SourcePartition;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pattern and a set of partitions read, and that nothing is lost or repeated when one takes the other's place. */
@RequiresKubeApi
@Tag("every-pair")
class SubscriptionIT {
    private final TestKafka kafka = TestKafka.get();
    private final KubeApi api;
    private final String namespace;
    private final List<String> sent = new ArrayList<>();
    private TestDeployment.World world;

    @TempDir
    Path folder;

    SubscriptionIT(KubeApi api, TestNamespace namespace) {
        this.api = api;
        this.namespace = namespace.name();
    }

    @BeforeEach
    void open() {
        world = new TestDeployment.World(ProcessLedger.open(folder.resolve("ledgers")), api, namespace, folder);
    }

    @AfterEach
    void close() {
        world.ledger().close();
    }

    @Test
    @DisplayName("A pattern reads what matches as a whole, and a topic that comes later from its beginning")
    void laterTopic() throws Exception {
        topics("found", "found-in-a", "other-found-in-a");
        send("found-in-a", 0, 100);
        kafka.produce(List.of(new ProducerRecord<>("other-found-in-a", 0, null, "not ours".getBytes(UTF_8))));
        try (RunningJob job = RunningJob.start(pattern("found", "found-in-.*", "source-1"), 2, folder)) {
            await("found");
            kafka.createTopic("found-in-b", 3);
            send("found-in-b", 2, 100);
            send("found-in-a", 1, 10);
            await("found");
            job.stopWithSavepoint();
        }
        assertThat(values("found")).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    @DisplayName("A set reads its partitions and no others of the same topics")
    void set() throws Exception {
        topics("chosen", "chosen-x", "chosen-y");
        kafka.grow("chosen-x", 4);
        for (int partition = 0; partition < 4; partition++) {
            kafka.produce(List.of(
                    new ProducerRecord<>("chosen-x", partition, null, ("before " + partition).getBytes(UTF_8))));
        }
        kafka.produce(List.of(new ProducerRecord<>("chosen-y", 0, null, "before y".getBytes(UTF_8))));
        sent.addAll(List.of("before 1", "before 3"));
        JobConfiguration reading =
                set("chosen", "source-1", place("chosen-x", 1), place("chosen-x", 3), place("chosen-y", 1));
        try (RunningJob job = RunningJob.start(reading, 3, folder)) {
            await("chosen");
            send("chosen-y", 1, 50);
            send("chosen-x", 3, 50);
            await("chosen");
            job.stopWithSavepoint();
        }
        assertThat(values("chosen")).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    @DisplayName(
            "From topics to a pattern, to a set of partitions and back: every record once, and none of what is left out")
    void handOver() throws Exception {
        topics("swap", "swap-in-a", "swap-in-b");
        send("swap-in-a", 0, 200);
        send("swap-in-a", 1, 200);
        TestDeployment named = start(named("swap", "source-1", "swap-in-a"), "swap-a");
        await("swap");

        send("swap-in-b", 0, 30);
        send("swap-in-b", 1, 30);
        TestDeployment found = takeOver(named, pattern("swap", "swap-in-[ab]", "source-2"), "swap-b", 4);
        await("swap");

        // What is left out now goes on from here later, and what is committed follows the checkpoints.
        TestDeployment.waiting().until(() -> committed("swap", new TopicPartition("swap-in-a", 0)) == 200);
        TestDeployment.waiting().until(() -> committed("swap", new TopicPartition("swap-in-b", 1)) == 30);
        TestDeployment chosen =
                takeOver(found, set("swap", "source-3", place("swap-in-a", 1), place("swap-in-b", 0)), "swap-a", 2);
        List<String> leftOut = List.of("left out 1", "left out 2");
        kafka.produce(leftOut.stream()
                .map(text -> new ProducerRecord<byte[], byte[]>("swap-in-a", 0, null, text.getBytes(UTF_8)))
                .toList());
        send("swap-in-a", 1, 40);
        send("swap-in-b", 0, 40);
        await("swap");
        assertThat(values("swap")).containsExactlyInAnyOrderElementsOf(sent);

        TestDeployment again = takeOver(chosen, pattern("swap", "swap-in-.*", "source-4"), "swap-b", 4);
        send("swap-in-b", 1, 5);
        sent.addAll(leftOut);
        await("swap");
        again.stopWithSavepoint();
        assertThat(values("swap")).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    @DisplayName("Nothing that matches, and partitions that the topic lacks, are found out before the old job stops")
    void unfit() throws Exception {
        topics("lacking", "lacking-in");
        TestDeployment nothing =
                TestDeployment.armed(world, "lacking-a", pattern("lacking", "nothing-lacking-.*", "source-1"), 2, null);
        assertThat(nothing.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Unfit);
        assertThat(nothing.awaitArmed().reasons()).extracting(Reason::code).contains("NoTopicMatches");
        nothing.close();

        TestDeployment beyond = TestDeployment.armed(
                world,
                "lacking-b",
                set("lacking", "source-1", place("lacking-in", 0), place("lacking-in", 7)),
                2,
                null);
        ArmVerdict verdict = beyond.awaitArmed();
        assertThat(verdict.verdict()).isEqualTo(ArmVerdict.Verdict.Unfit);
        assertThat(verdict.reasons()).anySatisfy(reason -> assertThat(reason.message())
                .contains("found no partitions [lacking-in-7] in Kafka"));
        beyond.close();
    }

    private TestDeployment start(JobConfiguration configuration, String deployment) throws Exception {
        TestDeployment first = TestDeployment.armed(world, deployment, configuration, 2, null);
        assertThat(first.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
        first.go(null);
        assertThat(first.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
        return first;
    }

    private TestDeployment takeOver(TestDeployment old, JobConfiguration wanted, String deployment, int partitions)
            throws Exception {
        TestDeployment armed = TestDeployment.armed(world, deployment, wanted, 2, old);
        ArmVerdict verdict = armed.awaitArmed();
        assertThat(verdict.verdict()).as(verdict.toString()).isEqualTo(ArmVerdict.Verdict.Fit);
        armed.go(old.stopWithSavepoint());
        GoResult result = armed.awaitResult();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
        assertThat(result.offsets().compared()).isEqualTo(partitions);
        Verification verification = armed.awaitVerified();
        assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
        assertThat(verification.reasons()).isEmpty();
        old.close();
        return armed;
    }

    private long committed(String group, TopicPartition partition) throws Exception {
        OffsetAndMetadata offset = kafka.admin()
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
        return offset == null ? -1 : offset.offset();
    }

    private void topics(String name, String... read) throws Exception {
        kafka.createTopic(name + "-out", 2);
        for (String topic : read) {
            kafka.createTopic(topic, 2);
        }
    }

    private void send(String topic, int partition, int count) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text = topic + "-" + partition + " " + sent.size();
            sent.add(text);
            records.add(new ProducerRecord<>(topic, partition, null, text.getBytes(UTF_8)));
        }
        kafka.produce(records);
    }

    private void await(String name) {
        TestDeployment.waiting().until(() -> values(name).size() >= sent.size());
    }

    private List<String> values(String name) {
        return kafka.readCommitted(name + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static SourcePartition place(String topic, int partition) {
        return new SourcePartition(topic, partition);
    }

    private static JobConfiguration named(String name, String uid, String... topics) {
        return pipeline(name, uid, List.of(topics), null, null);
    }

    private static JobConfiguration pattern(String name, String pattern, String uid) {
        return pipeline(name, uid, null, pattern, null);
    }

    private static JobConfiguration set(String name, String uid, SourcePartition... set) {
        List<String> topics =
                List.of(set).stream().map(SourcePartition::topic).distinct().toList();
        return pipeline(name, uid, topics, null, List.of(set));
    }

    private static JobConfiguration pipeline(
            String name, String uid, List<String> topics, String pattern, List<SourcePartition> set) {
        KafkaSource base = TestPipeline.kafka(name, TestPipeline.TEXT, TestPipeline.EARLIEST)
                .kafka();
        KafkaSource source = new KafkaSource(
                topics,
                name,
                base.startingOffsets(),
                base.format(),
                base.isolationLevel(),
                base.partitionDiscoveryInterval(),
                null,
                null,
                null,
                null,
                pattern,
                set);
        JobConfiguration whole = TestPipeline.of(
                name,
                new Source(source, null),
                null,
                List.of(),
                TestPipeline.sink(name, TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce));
        return new JobConfiguration(
                whole.formatVersion(),
                whole.namespace(),
                whole.name(),
                whole.flinkVersion(),
                whole.connectorVersion(),
                whole.kafka(),
                whole.source(),
                whole.eventTime(),
                whole.transforms(),
                whole.sinks(),
                new Uids(uid, Map.of("main", "sink-main-1")));
    }
}
