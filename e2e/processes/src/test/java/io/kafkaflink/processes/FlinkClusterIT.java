package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job counts upwards and fails for ever when a number is missing or comes twice: RUNNING means exact. */
class FlinkClusterIT {
    private static final String JOB_ID = "0123456789abcdef0123456789abcdef";
    private static final List<String> RIGHT_ARGUMENTS = List.of("--config", "a b.yaml");

    @TempDir
    static Path jobs;

    @TempDir
    Path temp;

    private static Path jar;
    private ProcessLedger ledger;
    private Path folder;

    @BeforeAll
    static void compile() throws Exception {
        jar = TestJob.jar("NumbersJob", "flink-2.2", jobs);
    }

    @BeforeEach
    void open() {
        ledger = ProcessLedger.open(temp.resolve("ledgers"));
        folder = temp.resolve("a flink deployment");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void goesOnFromASavepointInTheNextCluster() {
        FlinkCluster first = start(RIGHT_ARGUMENTS, Optional.empty(), 1);
        awaitRunning(first);
        assertThat(first.rest().overview().flinkVersion()).startsWith("2.2.");
        assertThat(first.rest().configuration()).containsEntry("execution.checkpointing.interval", "500ms");
        assertThat(first.rest().job(JOB_ID).vertices())
                .extracting(JobDetails.Vertex::parallelism)
                .containsExactly(1, 2);
        long before = lastNumber(first);
        assertThat(first.jobManager().residentBytes().orElseThrow()).isLessThan(450L << 20);
        assertThat(first.taskManagers().get(0).residentBytes().orElseThrow()).isLessThan(600L << 20);

        String savepoint = first.rest()
                .stopWithSavepoint(JOB_ID, folder.resolve("savepoints").toUri().toString(), Duration.ofSeconds(30));
        waiting().until(() -> first.rest().job(JOB_ID).state().equals("FINISHED"));
        first.stop();
        assertThat(first.jobManager().isAlive()).isFalse();
        assertThat(first.taskManagers()).noneMatch(ChildProcess::isAlive);

        FlinkCluster second = start(RIGHT_ARGUMENTS, Optional.of(new FlinkJob.RestorePath(savepoint, false)), 1);
        awaitRunning(second);
        CheckpointStatistics.Restored restored =
                second.rest().checkpoints(JOB_ID).restored().orElseThrow();
        assertThat(restored.isSavepoint()).isTrue();
        assertThat(restored.externalPath()).isEqualTo(savepoint);
        assertThat(lastNumber(second)).isGreaterThan(before);
        assertThat(second.rest().failures(JOB_ID)).isEmpty();
    }

    @Test
    void bringsLostProcessesBack() {
        FlinkCluster cluster = start(RIGHT_ARGUMENTS, Optional.empty(), 1);
        awaitRunning(cluster);
        waiting().until(() -> cluster.rest().checkpoints(JOB_ID).newest().isPresent());

        ChildProcess lost = cluster.taskManagers().get(0);
        lost.kill();
        waiting().untilAsserted(() -> {
            assertThat(cluster.taskManagerRestarts()).isEqualTo(1);
            assertThat(cluster.rest().job(JOB_ID).allTasksRunning()).isTrue();
            assertThat(cluster.rest().checkpoints(JOB_ID).restored()).isPresent();
            assertThat(cluster.rest().rootCause(JOB_ID))
                    .hasValueSatisfying(cause -> assertThat(cause).contains("TaskManager"));
        });
        assertThat(cluster.taskManagers().get(0).pid()).isNotEqualTo(lost.pid());

        cluster.jobManager().kill();
        waiting().untilAsserted(() -> {
            assertThat(cluster.jobManagerRestarts()).isEqualTo(1);
            assertThat(cluster.rest().job(JOB_ID).allTasksRunning()).isTrue();
        });
        assertThat(cluster.lastJobManagerExit()).hasValue(128 + 9);

        List<ChildProcess> last =
                List.of(cluster.jobManager(), cluster.taskManagers().get(0));
        cluster.stop();
        assertThat(last).noneMatch(ChildProcess::isAlive);
        assertThat(cluster.residentBytes()).isEmpty();
    }

    @Test
    void startsAJobManagerAgainWhoseMainMethodFails() throws Exception {
        FlinkCluster cluster = start(List.of("--config", "other.yaml"), Optional.empty(), 0);
        waiting().until(() -> cluster.jobManagerRestarts() >= 1);
        assertThat(cluster.lastJobManagerExit()).isNotEmpty();
        assertThat(Files.readString(cluster.jobManager().log()))
                .contains("IllegalArgumentException: wrong arguments: --config|other.yaml");
    }

    private FlinkCluster start(List<String> arguments, Optional<FlinkJob.RestorePath> from, int taskManagers) {
        FlinkJob job = new FlinkJob(jar, "NumbersJob", arguments, JOB_ID, 2, from);
        Map<String, String> configuration = Map.of(
                "taskmanager.numberOfTaskSlots", "2",
                // A killed TaskManager is missed after a minute by default.
                "heartbeat.interval", "1 s",
                "heartbeat.timeout", "10 s",
                "execution.checkpointing.interval", "500ms",
                "execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString(),
                "restart-strategy.type", "fixed-delay",
                "restart-strategy.fixed-delay.attempts", "3",
                "restart-strategy.fixed-delay.delay", "100ms");
        return FlinkCluster.start(
                ledger,
                folder,
                new FlinkClusterSpec(
                        "numbers-a", "flink-2.2", job, taskManagers, configuration, Map.of(), FlinkMemory.SMALL));
    }

    private static void awaitRunning(FlinkCluster cluster) {
        cluster.awaitRest(Duration.ofSeconds(90));
        waiting().until(() -> cluster.rest().job(JOB_ID).allTasksRunning());
    }

    private static long lastNumber(FlinkCluster cluster) {
        String vertex = cluster.rest().job(JOB_ID).vertices().get(1).id();
        return waiting()
                .until(
                        () -> cluster.rest()
                                .metricSums(JOB_ID, vertex, List.of("no-gap.lastNumber"))
                                .getOrDefault("no-gap.lastNumber", 0.0)
                                .longValue(),
                        number -> number > 0);
    }

    /** The machine may be busy with other builds, so the deadline is far beyond the 10 s this takes. */
    private static ConditionFactory waiting() {
        return await().ignoreExceptionsInstanceOf(FlinkRestException.class)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(90));
    }
}
