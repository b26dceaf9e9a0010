package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.handover.SavedState;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaSource;
import io.kafkaflink.model.JobConfiguration.Source;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Growth that keeps the order of each key, with producers that choose partitions by key, as Kafka does by default. */
@RequiresKubeApi
class GrowthIT {
    private static final Uids OLD = new Uids("source-1", Map.of("main", "sink-main-1"));
    private static final Uids NEW = new Uids("source-2", Map.of("main", "sink-main-1"));

    private final KubeApi api;
    private final String namespace;
    private TestDeployment.World world;

    @TempDir
    Path folder;

    GrowthIT(KubeApi api, TestNamespace namespace) {
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
    @DisplayName(
            "2 to 4 partitions: the new job says drained when the old one, which fell behind, has read on; order kept")
    void drains() throws Exception {
        String name = "growth";
        String topic = name + "-in";
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment old = TestDeployment.armed(world, name + "-a", reading(2, name, OLD), 2, null);
            old.awaitArmed();
            old.go(null);
            old.awaitVerified();

            TestKafka.get().grow(topic, 4);
            TestDeployment grown = TestDeployment.armed(world, name + "-b", reading(4, name, NEW), 4, old);
            assertThat(grown.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
            // The load is one producer: what it sends to a new partition it sends with the new number in mind.
            TestDeployment.waiting()
                    .until(() -> TestKafka.get().ends(topic).values().stream().allMatch(end -> end > 0));
            assertThat(grown.document(HandoverKeys.DRAINED, DrainReport.class)).isEmpty();

            old.cluster().taskManagers().forEach(ChildProcess::kill);
            Map<TopicPartition, Long> ends = TestKafka.get().ends(topic);
            grown.drain();
            DrainReport drained = grown.awaitDrained();
            Map<TopicPartition, Long> read = SavedState.read(
                            old.checkpoint(drained.checkpointId()), ConnectorLine.onClassPath())
                    .offsets(OLD.source())
                    .offsets();
            assertThat(read).hasSize(2).allSatisfy((partition, offset) -> assertThat(offset)
                    .as(partition.toString())
                    .isGreaterThanOrEqualTo(ends.get(partition)));

            takeOver(old, grown);
            load.finish(grown);
        }
    }

    private static void takeOver(TestDeployment old, TestDeployment grown) {
        grown.go(old.stopWithSavepoint());
        GoResult result = grown.awaitResult();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
        assertThat(result.offsets().compared()).isEqualTo(4);
        Verification verification = grown.awaitVerified();
        assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
        assertThat(verification.partitions()).isEqualTo(4);
        assertThat(verification.splitsPerSubtaskMax()).isEqualTo(1);
    }

    /** The numbered pipeline with an explicit set of partitions. */
    private static JobConfiguration reading(int partitions, String name, Uids uids) {
        JobConfiguration all = NumberedLoad.pipeline(name, uids);
        KafkaSource kafka = all.source().kafka();
        return new JobConfiguration(
                all.formatVersion(),
                all.namespace(),
                all.name(),
                all.flinkVersion(),
                all.connectorVersion(),
                all.kafka(),
                new Source(
                        new KafkaSource(
                                kafka.topics(),
                                kafka.groupId(),
                                kafka.startingOffsets(),
                                kafka.format(),
                                kafka.isolationLevel(),
                                kafka.partitionDiscoveryInterval(),
                                Map.of(name + "-in", partitions),
                                null,
                                null,
                                kafka.client()),
                        null),
                all.eventTime(),
                all.transforms(),
                all.sinks(),
                all.uids());
    }
}
