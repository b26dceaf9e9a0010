package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ErrImagePull               | failed to pull "job:2": not found | ImagePullFailed         | spec.flink.image
            ImagePullBackOff           | Back-off pulling image "job:2"    | ImagePullFailed         | imagePullSecrets
            InvalidImageName           | couldn't parse "job:2:3"          | ImagePullFailed         | spec.flink.image
            CreateContainerConfigError | secret "kafka" not found          | PodConfigurationMissing | Create the Secret
            CrashLoopBackOff           | back-off 10s restarting           | ContainerFailed         | kubectl logs
            """)
    @DisplayName("what the kubelet says of a container becomes one of our words, its own words and what to do")
    void containers(String reason, String message, String word, String advice) {
        Pod pod = pod("clicks-b-1", waiting(reason, message));

        assertThat(PodReader.trouble(pod)).hasValueSatisfying(trouble -> {
            assertThat(trouble.pod()).isEqualTo("clicks-b-1");
            assertThat(trouble.reason()).isEqualTo(word);
            assertThat(trouble.message())
                    .startsWith("Pod shop/clicks-b-1, container flink-main-container: " + reason + ": " + message)
                    .contains(advice);
        });
    }

    @Test
    @DisplayName("no node has room")
    void unschedulable() {
        Pod pod = pod("clicks-b-1", """
                phase: Pending
                conditions:
                - {type: Ready, status: "False"}
                - {type: PodScheduled, status: "False", reason: Unschedulable,
                   message: "0/3 nodes are available: 3 Insufficient memory."}
                """);

        assertThat(PodReader.trouble(pod).orElseThrow().reason()).isEqualTo(PodTrouble.UNSCHEDULABLE);
        assertThat(PodReader.trouble(pod).orElseThrow().message())
                .contains("3 Insufficient memory")
                .contains("spec.upgrade.strategy: Lean");
    }

    @Test
    @DisplayName("a pod that comes up, runs or is being deleted has no trouble")
    void healthy() {
        assertThat(PodReader.trouble(pod("a", waiting("ContainerCreating", null))))
                .isEmpty();
        assertThat(PodReader.trouble(pod("a", waiting(null, null)))).isEmpty();
        assertThat(PodReader.trouble(pod("a", "phase: Running"))).isEmpty();
        Pod leaving = new PodBuilder(pod("a", waiting("ErrImagePull", "no")))
                .editMetadata()
                .withDeletionTimestamp("2026-11-24T12:00:00Z")
                .endMetadata()
                .build();
        assertThat(PodReader.trouble(leaving)).isEmpty();
        assertThat(PodReader.alive(leaving)).isTrue();
        assertThat(PodReader.alive(pod("a", "phase: Failed"))).isFalse();
    }

    @Test
    @DisplayName("only trouble that comes, goes or changes, and the end of a pod, are worth a look")
    void changes() {
        Pod creating = pod("a", waiting("ContainerCreating", null));
        Pod failing = pod("a", waiting("ErrImagePull", "no"));

        assertThat(PodReader.differ(creating, pod("a", "phase: Running"))).isFalse();
        assertThat(PodReader.differ(creating, failing)).isTrue();
        assertThat(PodReader.differ(failing, pod("a", "phase: Running"))).isTrue();
        assertThat(PodReader.differ(pod("a", "phase: Running"), pod("a", "phase: Succeeded")))
                .isTrue();
    }

    @Test
    @DisplayName("the cache keeps labels and trouble, and not the pod")
    void reduced() {
        Pod full = new PodBuilder(pod("a", waiting("ErrImagePull", "no")))
                .editMetadata()
                .addToAnnotations("large", "x".repeat(10_000))
                .withUid("u1")
                .withResourceVersion("7")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("flink-main-container")
                .endContainer()
                .endSpec()
                .build();
        PodStore store = new PodStore();

        store.put("shop/a", full);

        Pod kept = store.get("shop/a");
        assertThat(PodReader.trouble(kept)).isEqualTo(PodReader.trouble(full));
        assertThat(PodReader.deployment(kept)).contains("clicks-b");
        assertThat(kept.getMetadata().getUid()).isEqualTo("u1");
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(kept.getSpec()).isNull();
        assertThat(kept.getMetadata().getAnnotations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FailedCreate | pods "clicks-b-1" is forbidden: exceeded quota: small, requested: cpu=1                    | QuotaExceeded
            FailedCreate | pods "clicks-b-" is forbidden: error looking up service account shop/flink: serviceaccount "flink" not found | ServiceAccountMissing
            FailedCreate | pods "clicks-b-1" is forbidden: violates PodSecurity "restricted:latest"                   | PodRefused
            FailedMount  | MountVolume.SetUp failed for volume "tls" : secret "kafka-tls" not found                   | VolumeMountFailed
            ErrImagePull | [flink-main-container] failed to pull and unpack image "localhost/job:nope": not found     | ImagePullFailed
            CreateContainerConfigError | secret "kafka" not found                                                     | PodConfigurationMissing
            """)
    @DisplayName("what keeps pods from being made, or volumes from being mounted, is in the Flink operator's error")
    void errors(String reason, String message, String word) {
        assertThat(PodTroubles.of(List.of(), Optional.of(job(reason, message)), "shop"))
                .singleElement()
                .satisfies(trouble -> {
                    assertThat(trouble.pod()).isEqualTo("p1");
                    assertThat(trouble.reason()).isEqualTo(word);
                    assertThat(trouble.message())
                            .startsWith("Pods of FlinkDeployment shop/p1: " + message)
                            .endsWith(PodFault.valueOf(constant(word))
                                    .of("", "", null)
                                    .message()
                                    .substring(2));
                });
    }

    @Test
    @DisplayName("a cause that a pod tells is not told twice, and the Flink operator's own late ConfigMap is none")
    void once() {
        Pod pod = pod("p1-1", waiting("ImagePullBackOff", "Back-off"));

        assertThat(PodTroubles.of(List.of(pod), Optional.of(job("ErrImagePull", "no")), "shop"))
                .extracting(PodTrouble::pod)
                .containsExactly("p1-1");
        assertThat(PodTroubles.of(List.of(pod), Optional.of(job("FailedMount", "secret \"a\" not found")), "shop"))
                .extracting(PodTrouble::reason)
                .containsExactly("ImagePullFailed", "VolumeMountFailed");
        assertThat(PodTroubles.of(
                        List.of(),
                        Optional.of(job(
                                "FailedMount",
                                "MountVolume.SetUp failed for volume \"pod-template-volume\" : configmap"
                                        + " \"pod-template-p1\" not found")),
                        "shop"))
                .isEmpty();
    }

    private static String constant(String word) {
        return switch (word) {
            case "QuotaExceeded" -> "QUOTA_EXCEEDED";
            case "ServiceAccountMissing" -> "SERVICE_ACCOUNT_MISSING";
            case "PodRefused" -> "POD_REFUSED";
            case "VolumeMountFailed" -> "VOLUME_MOUNT_FAILED";
            case "ImagePullFailed" -> "IMAGE_PULL_FAILED";
            default -> "CONFIGURATION_MISSING";
        };
    }

    private static FlinkJobState job(String reason, String message) {
        var deployment = Recorded.yaml("""
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata: {name: p1, namespace: shop, generation: 1, creationTimestamp: "2026-11-24T12:00:00Z"}
                """);
        String error =
                "{\"type\":\"org.apache.flink.kubernetes.operator.exception.DeploymentFailedException\",\"message\":"
                        + new com.fasterxml.jackson.databind.node.TextNode(message)
                        + ",\"additionalMetadata\":{\"reason\":\""
                        + reason + "\"},\"throwableList\":[]}";
        deployment.setAdditionalProperty("status", java.util.Map.of("error", error));
        return FlinkDeploymentReader.read(deployment);
    }

    private static String waiting(String reason, String message) {
        return """
                phase: Pending
                conditions: [{type: PodScheduled, status: "True"}]
                containerStatuses:
                - name: flink-main-container
                  ready: false
                  state: {waiting: {reason: %s, message: '%s'}}
                """.formatted(reason, message == null ? "" : message.replace("'", "''"));
    }

    private static Pod pod(String name, String status) {
        return new KubernetesSerialization().unmarshal("""
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: %s
                          namespace: shop
                          labels: {app: clicks-b, component: jobmanager, type: flink-native-kubernetes}
                        status:
                        %s
                        """.formatted(name, status.indent(2)), Pod.class);
    }
}
