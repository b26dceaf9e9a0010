package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar takes over from itself, under load, with real Kafka, Flink processes and Kubernetes API. */
@RequiresKubeApi
class HandoverIT {
    private static final Uids KEPT = new Uids("source-1", Map.of("main", "sink-main-1"));
    private static final Uids NEW_SOURCE = new Uids("source-2", Map.of("main", "sink-main-1"));
    private static final Uids NEW_BOTH = new Uids("source-3", Map.of("main", "sink-main-2"));

    private static final Map<String, String> IN_MEMORY = Map.of("state.backend.type", "hashmap");
    /** What spec.state.backend and spec.state.checkpoints become. */
    private static final Map<String, String> ON_DISK = Map.of(
            "state.backend.type", "rocksdb",
            "execution.checkpointing.incremental", "true",
            "execution.checkpointing.unaligned.enabled", "true",
            "execution.checkpointing.min-pause", "200ms");

    private final KubeApi api;
    private final String namespace;
    private TestDeployment.World world;

    @TempDir
    Path folder;

    HandoverIT(KubeApi api, TestNamespace namespace) {
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
            "Kept uids and another state backend, there and back with a new source uid, new source and sink uids: exact,"
                    + " with group offsets that are wrong")
    void exact() throws Exception {
        String name = "exact-handover";
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment first =
                    TestDeployment.armed(world, name + "-a", NumberedLoad.pipeline(name, KEPT), 2, null, IN_MEMORY);
            assertThat(first.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
            first.go(null);
            assertThat(first.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);

            TestDeployment second = takeOver(name, first, name + "-b", KEPT, ON_DISK);
            TestDeployment third = takeOver(name, second, name + "-a", NEW_SOURCE, IN_MEMORY);
            TestDeployment fourth = takeOver(name, third, name + "-b", NEW_BOTH, IN_MEMORY);
            load.finish(fourth);
        }
    }

    private TestDeployment takeOver(
            String name, TestDeployment old, String deployment, Uids uids, Map<String, String> settings)
            throws Exception {
        TestDeployment armed =
                TestDeployment.armed(world, deployment, NumberedLoad.pipeline(name, uids), 2, old, settings);
        ArmVerdict verdict = armed.awaitArmed();
        assertThat(verdict.reasons()).isEmpty();
        assertThat(verdict.verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
        assertThat(verdict.operators().restored()).contains("step-seen");

        long stopped = System.nanoTime();
        String savepoint = old.stopWithSavepoint();
        TestKafka.get().commit(name, Map.of(new TopicPartition(name + "-in", 1), 1L));
        armed.go(savepoint);
        GoResult result = armed.awaitResult();
        long decided = System.nanoTime();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
        assertThat(result.offsets().compared()).isEqualTo(2);
        assertThat(result.offsets().repaired()).isPositive();
        assertThat(result.offsets().deviations())
                .anySatisfy(deviation -> assertThat(deviation.group()).isEqualTo(1));
        assertThat(result.openTransactions()).isZero();

        Verification verification = armed.awaitVerified();
        assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
        assertThat(verification.checkpointId()).isGreaterThan(result.checkpointId());
        assertThat(verification.partitions()).isEqualTo(2);
        System.err.printf(
                "%s: stop and checks %d ms, verified after %d ms, %d group offsets repaired%n",
                uids,
                (decided - stopped) / 1_000_000,
                (System.nanoTime() - stopped) / 1_000_000,
                result.offsets().repaired());
        old.close();
        return armed;
    }
}
