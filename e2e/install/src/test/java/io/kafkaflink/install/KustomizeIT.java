package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kustomizeconfig.yaml} with real kustomize. */
@RequiresKubeApi
class KustomizeIT {
    private static final String PIPELINE = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: clicks}
            spec:
              flink:
                image: job
                serviceAccount: flink
                podTemplate:
                  spec:
                    imagePullSecrets: [{name: bucket}]
                    containers:
                    - name: flink-main-container
                      envFrom: [{secretRef: {name: bucket}}, {configMapRef: {name: places}}]
                      env: [{name: KEY, valueFrom: {secretKeyRef: {name: bucket, key: k}}}]
                    volumes:
                    - {name: s, secret: {secretName: bucket}}
                    - {name: c, configMap: {name: places}}
              sinks:
              - {name: table, jdbc: {secretName: bucket}}
            """;

    @Test
    @DisplayName("hashes, prefixes and images reach the places where a pipeline names things")
    void names(@TempDir Path folder) throws IOException, InterruptedException {
        Files.copy(Repository.ROOT.resolve("k8s/kustomizeconfig.yaml"), folder.resolve("kustomizeconfig.yaml"));
        Files.writeString(folder.resolve("pipeline.yaml"), PIPELINE);
        Files.writeString(
                folder.resolve("account.yaml"), "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: flink}\n");
        Files.writeString(folder.resolve("kustomization.yaml"), """
                resources: [account.yaml, pipeline.yaml]
                configurations: [kustomizeconfig.yaml]
                namePrefix: east-
                secretGenerator: [{name: bucket, literals: [k=v]}]
                configMapGenerator: [{name: places, literals: [k=v]}]
                images: [{name: job, newName: registry.example/job, newTag: "2"}]
                """);
        Path kubectl = KubeApiBinaries.standard().prepare().orThrow().program("kubectl");

        Rendering built = Rendering.of(new Command(List.of(kubectl.toString()), Map.of())
                .run("kustomize", folder.toString())
                .orFail()
                .out());

        String secret = built.single("Secret").at("/metadata/name").asText();
        String places = built.single("ConfigMap").at("/metadata/name").asText();
        JsonNode flink = built.single("KafkaFlinkPipeline").at("/spec/flink");
        assertThat(secret).startsWith("east-bucket-");
        assertThat(flink.path("image").asText()).isEqualTo("registry.example/job:2");
        assertThat(flink.path("serviceAccount").asText()).isEqualTo("east-flink");
        assertThat(built.single("KafkaFlinkPipeline")
                        .at("/spec/sinks/0/jdbc/secretName")
                        .asText())
                .isEqualTo(secret);
        assertThat(flink.toString())
                .doesNotContain("\"bucket\"", "\"places\"")
                .containsSubsequence(secret, secret, places, secret, secret, places);
    }
}
