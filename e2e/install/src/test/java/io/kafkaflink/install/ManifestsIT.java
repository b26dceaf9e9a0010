package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object of the chart and of {@code k8s/}, tried on a real API server, which refuses unknown fields. */
@RequiresKubeApi
class ManifestsIT {
    private static final Path K8S = Repository.ROOT.resolve("k8s");
    private static final Map<String, Class<?>> MONITORING = Map.of(
            "ServiceMonitor", ServiceMonitor.class,
            "PodMonitor", PodMonitor.class,
            "PrometheusRule", PrometheusRule.class);

    private static Cluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = new Cluster();
        cluster.createNamespaces("kafkaflink", "streaming", "shop", "kafka", "argocd", "flux-system");
        cluster.kubectl()
                .run("apply", "--server-side", "--filename", Repository.CRD.toString())
                .orFail();
        cluster.awaitServed("kafkaflinkpipelines.kafkaflink.io");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"V3,default", "V4,default", "V4,namespaced", "V4,everything"})
    @DisplayName("chart: every object is accepted as it is")
    void chart(Helm helm, String name) throws IOException, InterruptedException {
        String yaml = helm.template("kafkaflink-operator", Repository.CHART, Repository.VALUES.resolve(name + ".yaml"));
        Rendering.of(yaml).objects().stream()
                .filter(object -> MONITORING.containsKey(object.path("kind").asText()))
                .forEach(cluster::serve);

        cluster.dryRun(yaml).orFail();
    }

    @ParameterizedTest
    @CsvSource({"namespaced", "everything"})
    @DisplayName("chart: objects of the Prometheus operator have fields that it knows")
    void monitoring(String name) throws IOException, InterruptedException {
        for (JsonNode object : ChartRenderingIT.rendered(Helm.V4, name).objects()) {
            Class<?> type = MONITORING.get(object.path("kind").asText());
            if (type != null) {
                assertThat(knownFieldsOnly().treeToValue(object, type)).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/cluster", "overlays/namespaced"})
    @DisplayName("k8s: overlays build and every object is accepted")
    void overlays(String overlay) throws IOException, InterruptedException {
        Command.Outcome built = cluster.kubectl()
                .run("kustomize", K8S.resolve(overlay).toString())
                .orFail();

        cluster.dryRun(built.out()).orFail();
    }

    static Stream<Path> manifests() {
        return Repository.files(K8S, ".yaml").stream()
                .filter(file -> !Repository.documents(Repository.text(file)).stream()
                        .allMatch(ManifestsIT::isConfigurationOfKustomize));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    @DisplayName("k8s: every file is accepted")
    void files(Path file) throws IOException, InterruptedException {
        List<JsonNode> objects = Repository.documents(Repository.text(file));
        objects.stream()
                .filter(object ->
                        object.path("apiVersion").asText().matches(".*(argoproj|toolkit\\.fluxcd|strimzi)\\.io/.*"))
                .forEach(cluster::serve);

        Command.Outcome outcome = cluster.dryRun(Repository.text(file)).orFail();

        assertThat(outcome.out().lines()).hasSameSizeAs(objects);
    }

    private static boolean isConfigurationOfKustomize(JsonNode document) {
        return document.path("apiVersion").asText().startsWith("kustomize.config.k8s.io/")
                || !document.has("apiVersion");
    }

    /** The types keep unknown members in a map; here they are to be refused. */
    private static ObjectMapper knownFieldsOnly() throws JsonProcessingException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .annotationIntrospector(new JacksonAnnotationIntrospector() {
                    @Override
                    public Boolean hasAnySetter(Annotated annotated) {
                        return false;
                    }
                })
                .build();
    }
}
