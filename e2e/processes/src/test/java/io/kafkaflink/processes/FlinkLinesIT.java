package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkLinesIT {
    private static final String JOB_ID = "fedcba9876543210fedcba9876543210";
    private static final List<String> LINES = List.of("1.20", "2.1", "2.2");

    @TempDir
    Path folder;

    private ProcessLedger ledger;

    @BeforeEach
    void open() {
        ledger = ProcessLedger.open(folder.resolve("ledgers"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    @DisplayName("A job counts on without gap from Flink 1.20 over 2.1 to 2.2, by savepoints")
    void goesUpwards() throws Exception {
        Optional<FlinkJob.RestorePath> from = Optional.empty();
        for (String line : LINES) {
            try (FlinkCluster cluster = start(line, from)) {
                cluster.awaitRest(Duration.ofMinutes(2));
                assertThat(cluster.rest().overview().flinkVersion()).startsWith(line + ".");
                waiting().until(() -> cluster.rest().job(JOB_ID).allTasksRunning());
                waiting()
                        .until(() -> cluster.rest().checkpoints(JOB_ID).newest().isPresent());
                assertThat(cluster.rest().failures(JOB_ID)).isEmpty();
                String savepoint = cluster.rest()
                        .stopWithSavepoint(
                                JOB_ID, folder.resolve("savepoints").toUri().toString(), Duration.ofMinutes(1));
                from = Optional.of(new FlinkJob.RestorePath(savepoint, false));
            }
        }
    }

    private FlinkCluster start(String line, Optional<FlinkJob.RestorePath> from) throws Exception {
        String distribution = "flink-" + line;
        Path jar = TestJob.jar("NumbersJob", distribution, folder.resolve("job-" + line));
        FlinkJob job = new FlinkJob(jar, "NumbersJob", List.of("--config", "a b.yaml"), JOB_ID, 2, from);
        Map<String, String> configuration = Map.of(
                "taskmanager.numberOfTaskSlots", "2",
                "execution.checkpointing.interval", "500ms",
                "execution.checkpointing.dir",
                        folder.resolve("checkpoints").toUri().toString());
        return FlinkCluster.start(
                ledger,
                folder.resolve("cluster-" + line),
                new FlinkClusterSpec(
                        "numbers-" + line, distribution, job, 1, configuration, Map.of(), FlinkMemory.SMALL));
    }

    /** The machine may be busy with other builds. */
    private static ConditionFactory waiting() {
        return await().ignoreExceptionsInstanceOf(FlinkRestException.class)
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofMinutes(2));
    }
}
