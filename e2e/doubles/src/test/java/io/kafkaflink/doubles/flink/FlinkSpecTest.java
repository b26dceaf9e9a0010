package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recorded of a spec, what a change of it does, and what is refused. */
class FlinkSpecTest {

    private final FlinkWorld world = FlinkWorld.running(spec -> {});

    @Test
    @DisplayName("lastReconciledSpec and lastStableSpec are byte for byte what the real operator wrote")
    void recordedText() {
        List<JsonNode> statuses = FlinkRecording.NAMES.stream()
                .flatMap(name -> RecordingFiles.condensed(name).stream())
                .filter(line -> line.startsWith("= "))
                .map(line -> RecordingFiles.parse(line.split(" ", 3)[2]).path("status"))
                .toList();
        assertThat(statuses).hasSizeGreaterThan(20);
        for (JsonNode status : statuses) {
            for (String field : List.of("lastReconciledSpec", "lastStableSpec")) {
                String text = status.path("reconciliationStatus").path(field).asText();
                assertThat(ReconciledSpec.parse(text).json()).isEqualTo(text);
            }
        }
    }

    @Test
    @DisplayName("a status that was read is written as it was")
    void statusRoundTrip() {
        for (String name : FlinkRecording.NAMES) {
            RecordingFiles.condensed(name).stream()
                    .filter(line -> line.startsWith("= "))
                    .map(line -> (ObjectNode)
                            RecordingFiles.parse(line.split(" ", 3)[2]).path("status"))
                    .forEach(status -> {
                        ObjectNode written = FlinkStatusCodec.write(
                                FlinkStatusCodec.read(status).orElseThrow());
                        written.remove(List.of("clusterInfo", "taskManager"));
                        assertThat(RecordingFiles.parse(written.toString())).isEqualTo(status);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "image, other, UPGRADE",
        "serviceAccount, other, UPGRADE",
        "restartNonce, 7, UPGRADE",
        "flinkConfiguration.taskmanager.numberOfTaskSlots, 4, UPGRADE",
        "flinkConfiguration.kubernetes.operator.x, 1, IGNORE",
        "flinkConfiguration.job.autoscaler.x, 1, IGNORE",
        "flinkConfiguration.parallelism.default, 1, IGNORE",
        "job.parallelism, 3, UPGRADE",
        "job.state, suspended, UPGRADE",
        "job.upgradeMode, last-state, IGNORE",
        "job.allowNonRestoredState, true, IGNORE",
        "job.initialSavepointPath, file:/x, IGNORE",
        "job.savepointRedeployNonce, 5, SAVEPOINT_REDEPLOY"
    })
    void diffClasses(String path, String value, DiffClass expected) {
        FlinkSpec old = world.deployment().spec();
        ObjectNode copy = old.json().deepCopy();
        int dot = path.indexOf('.');
        ObjectNode parent = dot < 0 ? copy : (ObjectNode) copy.get(path.substring(0, dot));
        String field = path.substring(dot + 1);
        if (value.matches("\\d+") && !path.startsWith("flinkConfiguration")) {
            parent.put(field, Long.parseLong(value));
        } else if (value.equals("true")) {
            parent.put(field, true);
        } else {
            parent.put(field, value);
        }
        assertThat(SpecDiff.between(old, FlinkSpec.of(copy)).strongest()).isEqualTo(expected);
    }

    @Test
    @DisplayName("nested and flat configuration are the same, numbers compare by value")
    void sameSpec() {
        FlinkSpec flat = world.deployment().spec();
        ObjectNode copy = flat.json().deepCopy();
        ObjectNode configuration = (ObjectNode) copy.get("flinkConfiguration");
        configuration.remove("high-availability.type");
        configuration.remove("high-availability.storageDir");
        configuration.putObject("high-availability").put("type", "kubernetes").put("storageDir", "file:///ha");
        ((ObjectNode) copy.path("jobManager").path("resource")).put("cpu", 1);
        assertThat(SpecDiff.between(flat, FlinkSpec.of(copy))).isEqualTo(new SpecDiff(DiffClass.IGNORE, List.of()));
    }

    @Test
    @DisplayName("the diff is printed as in the SpecChanged event")
    void diffText() {
        FlinkSpec old = world.deployment().spec();
        ObjectNode copy = old.json().deepCopy();
        FlinkWorld.job(copy).put("parallelism", 3);
        FlinkWorld.args("b").accept(copy);
        assertThat(SpecDiff.between(old, FlinkSpec.of(copy)).message())
                .isEqualTo("UPGRADE change(s) detected (Diff: FlinkDeploymentSpec[job.args.0 : a -> b, job.parallelism"
                        + " : 2 -> 3]), starting reconciliation.");
    }

    @Test
    @DisplayName("what the validation says")
    void validation() {
        assertThat(complaint("p1", spec -> {})).isEmpty();
        assertThat(complaint("p".repeat(46), spec -> {}).orElseThrow()).contains("no more than 45");
        assertThat(complaint("p.1", spec -> {}).orElseThrow()).contains("is invalid");
        assertThat(complaint("p1", spec -> FlinkWorld.job(spec).put("parallelism", 0)))
                .contains("Job parallelism must be larger than 0");
        assertThat(complaint("p1", spec -> spec.remove("serviceAccount")).orElseThrow())
                .startsWith("spec.serviceAccount must be defined");
        assertThat(complaint("p1", spec -> spec.remove("flinkVersion"))).contains("Flink Version must be defined.");
        assertThat(complaint("p1", spec -> FlinkWorld.configuration(spec).remove("state.savepoints.dir"))
                        .orElseThrow())
                .contains("execution.checkpointing.savepoint-dir");
        assertThat(complaint("p1", spec -> FlinkWorld.configuration(spec).remove("state.checkpoints.dir"))
                        .orElseThrow())
                .contains("Checkpoint directory");
        assertThat(complaint("p1", spec -> FlinkWorld.configuration(spec).put("kubernetes.cluster-id", "x")))
                .contains("Forbidden Flink config key: kubernetes.cluster-id");
        assertThat(complaint("p1", spec -> FlinkWorld.job(spec).put("savepointRedeployNonce", 9)))
                .contains("InitialSavepointPath must not be empty for savepoint redeployment");
        assertThat(complaint("p1", spec -> {
                            FlinkWorld.configuration(spec).remove("high-availability.type");
                            ((ObjectNode) spec.get("jobManager")).put("replicas", 2);
                        })
                        .orElseThrow())
                .contains("High availability should be enabled");
    }

    private Optional<String> complaint(String name, Consumer<ObjectNode> change) {
        FlinkDeployment resource = world.deployment();
        ObjectNode copy = resource.spec().json().deepCopy();
        change.accept(copy);
        FlinkDeployment changed = new FlinkDeployment(
                new DeploymentKey("default", name), "uid", 2, false, true, FlinkSpec.of(copy), resource.status());
        return SpecValidation.complaint(
                changed, resource.status().orElseThrow().reconciliation().lastReconciled());
    }
}
