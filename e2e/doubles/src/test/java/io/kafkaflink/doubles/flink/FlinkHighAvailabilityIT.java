package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.processes.CheckpointStatistics;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkMemory;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.processes.SavepointResult;
import io.kafkaflink.processes.TestJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real Flink with its high availability data in a real API server: the job fails when a number is missing or comes
 * twice, so RUNNING means that state and source went on from the same checkpoint.
 */
@RequiresKubeApi
class FlinkHighAvailabilityIT {
    private static final String JOB_ID = "00112233445566778899aabbccddeeff";
    private static final String CHECKPOINT_KEY = "checkpointID-";

    @TempDir
    Path temp;

    private final KubernetesClient client;
    private final KubeApi api;
    private final String namespace;
    private ProcessLedger ledger;
    private Path jar;

    FlinkHighAvailabilityIT(KubeApi api, KubernetesClient client, TestNamespace namespace) {
        this.api = api;
        this.client = client;
        this.namespace = namespace.name();
    }

    @BeforeEach
    void prepare() throws Exception {
        ledger = ProcessLedger.open(temp.resolve("ledgers"));
        jar = TestJob.jar("NumbersJob", "flink-2.2", Files.createDirectories(temp.resolve("job")));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void newestCheckpointWinsAndTheConfigMapTellsOfIt() {
        FlinkCluster cluster = start(Optional.empty());
        waiting().until(() -> cluster.rest().job(JOB_ID).allTasksRunning());
        String savepoint = savepoint(cluster);
        long early = waiting()
                .until(this::checkpointInConfigMap, OptionalLong::isPresent)
                .getAsLong();

        long beforeKill = waiting()
                .until(this::checkpointInConfigMap, id -> id.orElse(0) > early + 2)
                .getAsLong();
        cluster.jobManager().kill();
        waiting().untilAsserted(() -> {
            assertThat(cluster.jobManagerRestarts()).isEqualTo(1);
            assertThat(cluster.rest().job(JOB_ID).allTasksRunning()).isTrue();
            assertThat(restored(cluster).id()).isGreaterThanOrEqualTo(beforeKill);
        });
        assertThat(restored(cluster).isSavepoint()).isFalse();

        // A deleted Deployment keeps the data: the next one goes on from there, whatever path it is given.
        cluster.stop();
        long beforeStop = checkpointInConfigMap().orElseThrow();
        FlinkCluster next = start(Optional.of(new FlinkJob.RestorePath(savepoint, false)));
        waiting().untilAsserted(() -> {
            assertThat(next.rest().job(JOB_ID).allTasksRunning()).isTrue();
            assertThat(restored(next).id()).isGreaterThanOrEqualTo(beforeStop);
        });
        assertThat(next.rest().failures(JOB_ID)).isEmpty();

        next.rest().cancel(JOB_ID);
        waiting().until(() -> configMap() == null);
        waiting().until(() -> next.rest().job(JOB_ID).state().equals("CANCELED"));
    }

    private FlinkCluster start(Optional<FlinkJob.RestorePath> from) {
        FlinkJob job = new FlinkJob(jar, "NumbersJob", List.of("--config", "a b.yaml"), JOB_ID, 2, from);
        Map<String, String> configuration = Map.ofEntries(
                Map.entry("taskmanager.numberOfTaskSlots", "2"),
                Map.entry("execution.checkpointing.interval", "500ms"),
                Map.entry("execution.checkpointing.dir", folder("checkpoints")),
                Map.entry("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"),
                Map.entry("high-availability.type", "kubernetes"),
                Map.entry("high-availability.storageDir", folder("ha")),
                // A killed JobManager's successor waits for its lease.
                Map.entry("high-availability.kubernetes.leader-election.lease-duration", "4 s"),
                Map.entry("high-availability.kubernetes.leader-election.renew-deadline", "3 s"),
                Map.entry("high-availability.kubernetes.leader-election.retry-period", "1 s"),
                Map.entry("kubernetes.cluster-id", "numbers-a"),
                Map.entry("kubernetes.namespace", namespace),
                Map.entry("kubernetes.config.file", api.kubeconfigFile().toString()));
        FlinkCluster cluster = FlinkCluster.start(
                ledger,
                temp.resolve("numbers-a"),
                new FlinkClusterSpec("numbers-a", "flink-2.2", job, 1, configuration, Map.of(), FlinkMemory.SMALL));
        cluster.awaitRest(Duration.ofSeconds(90));
        return cluster;
    }

    private String folder(String name) {
        return temp.resolve("state").resolve(name).toUri().toString();
    }

    private String savepoint(FlinkCluster cluster) {
        String trigger = cluster.rest().triggerSavepoint(JOB_ID, folder("savepoints"));
        SavepointResult result = waiting()
                .until(
                        () -> cluster.rest().savepoint(JOB_ID, trigger),
                        each -> !(each instanceof SavepointResult.InProgress));
        assertThat(result).isInstanceOf(SavepointResult.Completed.class);
        return ((SavepointResult.Completed) result).location();
    }

    private static CheckpointStatistics.Restored restored(FlinkCluster cluster) {
        return cluster.rest().checkpoints(JOB_ID).restored().orElseThrow(() -> new AssertionError("nothing restored"));
    }

    private ConfigMap configMap() {
        return client.configMaps()
                .inNamespace(namespace)
                .withName("numbers-a-" + JOB_ID + "-config-map")
                .get();
    }

    /** Number of the newest checkpoint in the job's ConfigMap. */
    private OptionalLong checkpointInConfigMap() {
        ConfigMap map = configMap();
        if (map == null || map.getData() == null) {
            return OptionalLong.empty();
        }
        // The label "configmap-type: high-availability" of the 1.x lines is gone (KubernetesUtils.getConfigMapLabels).
        assertThat(map.getMetadata().getLabels())
                .isEqualTo(Map.of("app", "numbers-a", "type", "flink-native-kubernetes"));
        return map.getData().keySet().stream()
                .filter(key -> key.startsWith(CHECKPOINT_KEY))
                .mapToLong(key -> Long.parseLong(key.substring(CHECKPOINT_KEY.length())))
                .max();
    }

    private static ConditionFactory waiting() {
        return await().ignoreExceptionsInstanceOf(FlinkRestException.class)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(120));
    }
}
