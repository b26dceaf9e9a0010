package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of FKO 1.15's validation, and of server-side apply, hold for the FlinkDeployment of every golden case. */
class FlinkOperatorRulesTest {

    @TestFactory
    Stream<DynamicTest> validation() {
        return everyDeployment((golden, deployment) -> {
            Map<String, Object> spec = deployment.get("spec");
            Map<String, Object> job = deployment.get("spec", "job");
            assertThat(deployment.getMetadata().getName()).matches("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
            assertThat((String) spec.get("serviceAccount")).isNotBlank();
            assertThat((String) spec.get("image")).isNotBlank();
            assertThat(spec).containsEntry("mode", "native");
            assertThat(job).containsEntry("jarURI", "local:///opt/flink/usrlib/pipeline-job.jar");
            assertThat(job.get("state")).isIn("running", "suspended");
            assertThat(job.get("upgradeMode")).isIn("savepoint", "last-state");
            assertThat((Integer) job.get("parallelism")).isEqualTo(golden.parallelism());
            assertThat(job).doesNotContainKey("savepointRedeployNonce");
            Map<String, Object> taskManager = deployment.get("spec", "taskManager");
            assertThat(taskManager).doesNotContainKey("replicas");
        });
    }

    @TestFactory
    Stream<DynamicTest> options() {
        return everyDeployment((golden, deployment) -> {
            Map<String, Object> options = deployment.get("spec", "flinkConfiguration");
            assertThat(options.values()).allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
            // Required by FKO in this spelling's option: savepoint mode, rollback and more than one JobManager.
            assertThat(options).containsEntry("high-availability.type", "kubernetes");
            assertThat(options.keySet())
                    .contains("state.checkpoints.dir", "state.savepoints.dir", "high-availability.storageDir")
                    .doesNotContain(
                            "kubernetes.namespace",
                            "kubernetes.cluster-id",
                            "high-availability.cluster-id",
                            "parallelism.default");
            assertThat(options)
                    .containsEntry("execution.checkpointing.dir", options.get("state.checkpoints.dir"))
                    .containsEntry("execution.checkpointing.savepoint-dir", options.get("state.savepoints.dir"));
            String folder = "s3://bucket/flink/" + golden.pipeline().namespace() + "/"
                    + golden.pipeline().name();
            assertThat(List.of("state.checkpoints.dir", "state.savepoints.dir", "high-availability.storageDir"))
                    .allSatisfy(key -> assertThat((String) options.get(key)).startsWith(folder + "/"));
        });
    }

    @TestFactory
    Stream<DynamicTest> serverSideApply() {
        return everyDeployment((golden, deployment) -> {
            Object spec = deployment.get("spec");
            ObjectMapper json = new ObjectMapper();
            assertThat(json.readValue(json.writeValueAsString(spec), Object.class))
                    .as("what the API server returns, as Java objects")
                    .isEqualTo(spec);
            assertThat(deployment.getAdditionalProperties()).containsOnlyKeys("spec");
            assertThat(deployment.getMetadata().getOwnerReferences()).isEmpty();
        });
    }

    private interface Check {
        void on(GoldenCase golden, GenericKubernetesResource deployment) throws Exception;
    }

    private static Stream<DynamicTest> everyDeployment(Check check) {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.name(), () -> check.on(golden, (GenericKubernetesResource) golden.deployment())));
    }
}
