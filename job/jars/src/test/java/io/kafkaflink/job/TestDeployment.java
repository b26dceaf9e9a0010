package io.kafkaflink.job;

import static org.awaitility.Awaitility.await;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkClusterSpec;
import io.kafkaflink.processes.FlinkJob;
import io.kafkaflink.processes.FlinkMemory;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;

/**
 * One FlinkDeployment of a pipeline as real processes with their high availability data in a real API server, and what the
 * operators do to it: create it, write its handover ConfigMap, stop it.
 */
final class TestDeployment implements AutoCloseable {

    /** What all deployments of a test share. */
    record World(ProcessLedger ledger, KubeApi api, String namespace, Path folder) {
        TestHandover handover(String deployment) {
            return new TestHandover(api, namespace, deployment);
        }

        String state(String name) {
            return folder.resolve("state").resolve(name).toUri().toString();
        }
    }

    private final World world;
    private final String name;
    private final JobConfiguration configuration;
    private final String hash;
    private final String jobId;
    private final FlinkCluster cluster;
    private boolean stopped;

    private TestDeployment(
            World world, String name, JobConfiguration configuration, String jobId, FlinkCluster cluster, String hash) {
        this.world = world;
        this.name = name;
        this.configuration = configuration;
        this.jobId = jobId;
        this.cluster = cluster;
        this.hash = hash;
    }

    /** The operator's first two writes: the order, then the FlinkDeployment. */
    static TestDeployment armed(
            World world, String name, JobConfiguration configuration, int parallelism, TestDeployment from)
            throws IOException {
        return armed(world, name, configuration, parallelism, from, Map.of());
    }

    /** @param settings of Flink, over those that all deployments have */
    static TestDeployment armed(
            World world,
            String name,
            JobConfiguration configuration,
            int parallelism,
            TestDeployment from,
            Map<String, String> settings)
            throws IOException {
        world.handover(name).write(TestOrders.order(configuration, from == null ? null : from.asFormer()));
        return start(world, name, configuration, parallelism, Optional.empty(), settings);
    }

    /** What a rollback does to the old deployment: an order that names the deleted job, then the savepoint. */
    static TestDeployment resumed(
            World world, String name, JobConfiguration configuration, TestDeployment abandoned, String savepoint)
            throws IOException {
        world.handover(name).write(TestOrders.back(configuration, abandoned.jobId));
        return start(world, name, configuration, 2, Optional.of(savepoint));
    }

    /** @param recoveryPath what the Flink operator would set */
    static TestDeployment start(
            World world, String name, JobConfiguration configuration, int parallelism, Optional<String> recoveryPath)
            throws IOException {
        return start(world, name, configuration, parallelism, recoveryPath, Map.of());
    }

    private static TestDeployment start(
            World world,
            String name,
            JobConfiguration configuration,
            int parallelism,
            Optional<String> recoveryPath,
            Map<String, String> settings)
            throws IOException {
        byte[] yaml = JobConfigurationYaml.write(configuration);
        String hash = JobConfigurationYaml.sha256(yaml);
        Path file = Files.write(world.folder().resolve(name + "-" + hash.substring(0, 8) + ".yaml"), yaml);
        String jobId = UUID.randomUUID().toString().replace("-", "");
        String line = configuration.flinkVersion().substring(1).replace('_', '.');
        FlinkJob job = new FlinkJob(
                TestPair.jar(line, configuration.connectorVersion()),
                PipelineJob.class.getName(),
                List.of("--config", file.toString(), "--config-hash", hash),
                jobId,
                parallelism,
                recoveryPath.map(path -> new FlinkJob.RestorePath(path, false)));
        FlinkCluster cluster = FlinkCluster.start(
                world.ledger(),
                world.folder().resolve(name + "-" + jobId.substring(0, 6)),
                new FlinkClusterSpec(
                        name,
                        "flink-" + line,
                        job,
                        1,
                        flink(world, name, parallelism, settings),
                        Map.of(),
                        FlinkMemory.SMALL));
        cluster.awaitRest(Duration.ofMinutes(3));
        return new TestDeployment(world, name, configuration, jobId, cluster, hash);
    }

    private static Map<String, String> flink(World world, String name, int slots, Map<String, String> settings) {
        Map<String, String> flink = new TreeMap<>();
        flink.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        flink.put("pipeline.max-parallelism", "12");
        flink.put("execution.checkpointing.interval", "1s");
        flink.put("execution.checkpointing.timeout", "20s");
        flink.put("execution.checkpointing.num-retained", "3");
        flink.put("execution.checkpointing.dir", world.state("checkpoints"));
        flink.put("execution.checkpointing.savepoint-dir", world.state("savepoints"));
        flink.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        flink.put("high-availability.type", "kubernetes");
        flink.put("high-availability.storageDir", world.state("ha"));
        // A killed JobManager's successor waits for its lease.
        flink.put("high-availability.kubernetes.leader-election.lease-duration", "4 s");
        flink.put("high-availability.kubernetes.leader-election.renew-deadline", "3 s");
        flink.put("high-availability.kubernetes.leader-election.retry-period", "1 s");
        flink.put("kubernetes.cluster-id", name);
        flink.put("kubernetes.namespace", world.namespace());
        flink.put("kubernetes.config.file", world.api().kubeconfigFile().toString());
        flink.put("kafkaflink.handover", "required");
        flink.putAll(settings);
        return flink;
    }

    /** How an order names it, to be taken over from. */
    ArmOrder.From asFormer() {
        return new ArmOrder.From(
                "revision-of-" + name,
                name,
                configuration.uids().source(),
                configuration.uids().sinks(),
                world.state("checkpoints") + jobId);
    }

    /** Has it watch until the old job has read on. */
    void drain() {
        handover()
                .write(TestOrders.draining(
                        document(HandoverKeys.ORDER, ArmOrder.class).orElseThrow()));
    }

    DrainReport awaitDrained() {
        return waiting()
                .until(() -> document(HandoverKeys.DRAINED, DrainReport.class), report -> report.filter(
                                each -> each.jobId().equals(jobId))
                        .isPresent())
                .orElseThrow();
    }

    /** Path of one of its own checkpoints. */
    String checkpoint(long number) {
        return asFormer().checkpoints() + "/chk-" + number;
    }

    /** The operator's go; {@code savepoint} null for a first start. */
    void go(String savepoint) {
        go(savepoint, jobId);
    }

    void go(String savepoint, String toJobId) {
        ArmOrder order = document(HandoverKeys.ORDER, ArmOrder.class).orElseThrow();
        GoOrder go = new GoOrder(
                null,
                order.upgradeId(),
                toJobId,
                savepoint,
                savepoint == null ? GoOrder.Offsets.StartingOffsets : GoOrder.Offsets.Savepoint,
                order.expectedDropped(),
                List.of());
        handover().write(go);
    }

    /** The handover ConfigMap. */
    TestHandover handover() {
        return world.handover(name);
    }

    /** Kills the JobManager as a lost node would, and waits until the next one answers. */
    void killJobManager() {
        int before = cluster.jobManagerRestarts();
        cluster.jobManager().kill();
        waiting()
                .until(() ->
                        cluster.jobManagerRestarts() > before && cluster.rest().answers());
    }

    <T extends HandoverDocument> Optional<T> document(String key, Class<T> type) {
        return handover().document(key, type);
    }

    ArmVerdict awaitArmed() {
        return waiting()
                .until(() -> document(HandoverKeys.ARMED, ArmVerdict.class), this::mine)
                .orElseThrow();
    }

    private boolean mine(Optional<ArmVerdict> verdict) {
        return verdict.filter(each -> each.jobId().equals(jobId)).isPresent();
    }

    GoResult awaitResult() {
        return waiting()
                .until(() -> document(HandoverKeys.RESULT, GoResult.class), result -> result.filter(
                                each -> each.jobId().equals(jobId))
                        .isPresent())
                .orElseThrow();
    }

    Verification awaitVerified() {
        return waiting()
                .until(() -> document(HandoverKeys.VERIFIED, Verification.class), result -> result.filter(
                                each -> each.jobId().equals(jobId))
                        .isPresent())
                .orElseThrow();
    }

    TestDeployment awaitRunning() {
        waiting().until(() -> cluster.rest().job(jobId).allTasksRunning());
        return this;
    }

    String stopWithSavepoint() {
        String savepoint = cluster.rest().stopWithSavepoint(jobId, world.state("savepoints"), Duration.ofMinutes(2));
        stopped = true;
        return savepoint;
    }

    FlinkCluster cluster() {
        return cluster;
    }

    String jobId() {
        return jobId;
    }

    String configHash() {
        return hash;
    }

    static ConditionFactory waiting() {
        return await().ignoreExceptionsInstanceOf(FlinkRestException.class)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofMinutes(4));
    }

    /**
     * Ends its processes. Of a job that was stopped, the Flink operator deletes the high availability data as well: the savepoint
     * is told before Flink itself forgets the job, which the next JobManager of that name would run again.
     */
    @Override
    public void close() {
        cluster.stop();
        if (stopped) {
            world.api()
                    .client()
                    .configMaps()
                    .inNamespace(world.namespace())
                    .withLabels(Map.of("app", name, "type", "flink-native-kubernetes"))
                    .delete();
        }
    }
}
