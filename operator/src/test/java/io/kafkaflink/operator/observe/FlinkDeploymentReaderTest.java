package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkDeploymentReaderTest {

    @ParameterizedTest
    @CsvSource({
        // name, accepted, healthy, suspended, running
        "healthy-start-with-error, true,  false, false, false",
        "running,                  true,  true,  false, true",
        "stopping,                 false, false, false, true",
        "stopped-for-upgrade,      true,  false, false, false",
        "suspended,                true,  false, true,  false",
        "savepoint-failure,        false, false, false, true",
        "validation-error,         false, false, false, true",
        "restarting,               false, false, false, false",
        "last-state,               true,  false, false, false"
    })
    @DisplayName("what the real operator reported is read as what it meant")
    void recorded(String name, boolean accepted, boolean healthy, boolean suspended, boolean running) {
        FlinkJobState job = FlinkDeploymentReader.read(Recorded.flinkDeployment(name));

        assertThat(job.accepted()).as("accepted").isEqualTo(accepted);
        assertThat(job.healthy()).as("healthy").isEqualTo(healthy);
        assertThat(job.suspended()).as("suspended").isEqualTo(suspended);
        assertThat(job.running()).as("running").isEqualTo(running);
    }

    @Test
    @DisplayName("what FKO last acted on is taken out of its JSON in a string")
    void lastReconciled() {
        FlinkJobState job = FlinkDeploymentReader.read(Recorded.flinkDeployment("running"));

        assertThat(job.lastReconciled().orElseThrow().state()).isEqualTo("running");
        assertThat(job.lastReconciled().orElseThrow().upgradeMode()).isEqualTo("savepoint");
        assertThat(job.lastReconciled().orElseThrow().parallelism()).isEqualTo(1);
        assertThat(job.lastReconciled().orElseThrow().args()).contains("--rev", "2");
        assertThat(job.stopSavepoint()).contains("file:/shared/sp/p1/savepoint-16954e-e2d1dc26de6b");
    }

    @Test
    @DisplayName("the literal of a last-state upgrade is no savepoint")
    void lastState() {
        FlinkJobState job = FlinkDeploymentReader.read(Recorded.flinkDeployment("last-state"));

        assertThat(job.upgradeSavepointPath()).isNotNull();
        assertThat(job.stopSavepoint()).isEmpty();
    }

    @Test
    @DisplayName("errors are given with the simple type and the innermost cause")
    void errors() {
        assertThat(FlinkDeploymentReader.read(Recorded.flinkDeployment("savepoint-failure"))
                        .error())
                .satisfies(error -> {
                    assertThat(error.type()).isEqualTo("UpgradeFailureException");
                    assertThat(error.message()).startsWith("Savepoint Error: ").contains("IO-problem detected");
                });
        assertThat(FlinkDeploymentReader.read(Recorded.flinkDeployment("healthy-start-with-error"))
                        .error())
                .isEqualTo(new FlinkJobState.Error(
                        "DeploymentFailedException",
                        "MountVolume.SetUp failed for volume \"pod-template-volume\" : configmap"
                                + " \"pod-template-p1\" not found",
                        "FailedMount"));
        assertThat(FlinkDeploymentReader.read(Recorded.flinkDeployment("running"))
                        .error())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "status: null",
                "status: {}",
                "status: 5\nspec: [1]",
                "spec: {job: text}\nstatus: {jobStatus: [], reconciliationStatus: 7, error: {}}",
                "status: {observedGeneration: many, error: no json, reconciliationStatus: {lastReconciledSpec: '{'}}",
                "status: {observedGeneration: 1.5, reconciliationStatus: {lastReconciledSpec: '[1]'}}",
                "status: {error: '[]', reconciliationStatus: {lastReconciledSpec: '{\"spec\":{\"job\":5}}'}}"
            })
    @DisplayName("whatever stands in spec and status, it is read as a job that is neither accepted nor healthy")
    void odd(String content) {
        FlinkJobState job = FlinkDeploymentReader.read(Recorded.yaml("apiVersion: flink.apache.org/v1beta1\n"
                + "kind: FlinkDeployment\nmetadata: {name: a, namespace: b}\n" + content));

        assertThat(job.accepted()).isFalse();
        assertThat(job.healthy()).isFalse();
        assertThat(job.suspended()).isFalse();
        assertThat(job.lastReconciled()).isEmpty();
    }

    @Test
    @DisplayName("an error that is no JSON is the message itself, and a long one is shortened")
    void errorText() {
        GenericKubernetesResource deployment = Recorded.flinkDeployment("running");
        deployment.setAdditionalProperty("status", java.util.Map.of("error", "x".repeat(5_000)));

        assertThat(FlinkDeploymentReader.read(deployment).error().message())
                .hasSize(FlinkDeploymentReader.LONGEST_MESSAGE + 2);
    }
}
