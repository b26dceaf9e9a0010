package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlinkCommandsTest {
    private static final String ID = "00000000000000000000000000000007";
    private static final FlinkHome HOME = new FlinkHome(Path.of("/a b"), Path.of("/flink/lib"));

    @Test
    void argumentsOfTheJobStandBehindTheSeparator() {
        JavaCommand command = commands(Map.of(), Optional.empty()).jobManager();
        assertThat(command.arguments())
                .containsExactly(
                        "--configDir",
                        "/a b/conf",
                        "--job-classname",
                        "Job",
                        "--job-id",
                        ID,
                        "--",
                        "--config",
                        "c.yaml");
        assertThat(command.classPath()).containsExactly("/flink/lib/*");
        assertThat(command.environment())
                .containsEntry("FLINK_LIB_DIR", "/a b/lib")
                .containsEntry("ZONE", "a");
    }

    @Test
    void restoresAsTheStandaloneEntryPointWantsIt() {
        var restore = Optional.of(new FlinkJob.RestorePath("file:/sp-1", true));
        assertThat(commands(Map.of(), restore).jobManager().arguments())
                .containsSequence("--job-id", ID, "--fromSavepoint", "file:/sp-1", "--allowNonRestoredState", "--");
        assertThatThrownBy(() -> spec(Map.of("execution.state-recovery.path", "file:/sp-1"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("execution.state-recovery.path is set by the job's restoreFrom");
    }

    @Test
    void javaOptionsOfTheConfigurationComeLast() {
        Map<String, String> configuration =
                Map.of("env.java.opts.all", " -Da=1 ", "env.java.opts.taskmanager", "-XX:TieredStopAtLevel=4 -Db=2");
        FlinkCommands commands = commands(configuration, Optional.empty());
        assertThat(commands.jobManager().jvmOptions()).endsWith("-Da=1").doesNotContain("-Db=2");
        assertThat(commands.taskManager(3).jvmOptions())
                .endsWith("-Da=1", "-XX:TieredStopAtLevel=4", "-Db=2")
                .contains("-Xmx256m", "-XX:MaxDirectMemorySize=96m");
        assertThat(commands.taskManager(3).arguments()).endsWith("taskmanager.resource-id=views-a-taskmanager-3");
    }

    @Test
    void machineDecidesAddressesAndMemory() {
        Map<String, String> configuration = Map.of(
                "rest.port", "8081",
                "taskmanager.memory.process.size", "2g",
                "parallelism.default", "9",
                "web.cancel.enable", "true",
                "high-availability.type", "kubernetes");
        SortedMap<String, String> all =
                FlinkConfiguration.of(spec(configuration, Optional.empty()), 1111, 2222, Path.of("/a b/tmp"));
        assertThat(all)
                .containsEntry("rest.port", "1111")
                .containsEntry("rest.bind-address", "127.0.0.1")
                .containsEntry("high-availability.jobmanager.port", "2222")
                .containsEntry("parallelism.default", "2")
                .containsEntry("web.cancel.enable", "true")
                .containsEntry("execution.submit-failed-job-on-application-error", "true")
                .containsEntry("taskmanager.memory.task.heap.size", "192m")
                .doesNotContainKey("taskmanager.memory.process.size");
    }

    @Test
    void valuesAreQuotedInYaml() {
        SortedMap<String, String> values = new TreeMap<>(Map.of("a", "x: \"y\" # z", "b.c", "true"));
        assertThat(FlinkConfiguration.yaml(values)).isEqualTo("""
                "a": "x: \\"y\\" # z"
                "b.c": "true"
                """);
    }

    private static FlinkCommands commands(Map<String, String> configuration, Optional<FlinkJob.RestorePath> restore) {
        return new FlinkCommands(spec(configuration, restore), HOME);
    }

    private static FlinkClusterSpec spec(Map<String, String> configuration, Optional<FlinkJob.RestorePath> restore) {
        FlinkJob job = new FlinkJob(Path.of("job.jar"), "Job", List.of("--config", "c.yaml"), ID, 2, restore);
        return new FlinkClusterSpec(
                "views-a", "flink-2.2", job, 1, configuration, Map.of("ZONE", "a"), FlinkMemory.SMALL);
    }
}
