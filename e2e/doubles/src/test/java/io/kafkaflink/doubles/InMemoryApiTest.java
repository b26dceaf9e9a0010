package io.kafkaflink.doubles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.doubles.flink.FlinkOperator;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.SimulatedFlink;
import io.kafkaflink.doubles.flink.SimulatedTimes;
import io.kafkaflink.doubles.topic.InMemoryTopics;
import io.kafkaflink.doubles.topic.TopicOperator;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.kubeapi.KubeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The doubles also run on the fallback for machines without Kubernetes binaries. */
class InMemoryApiTest {

    private static KubeApi api;

    @BeforeAll
    static void start() {
        api = KubeApi.inMemory();
        ForeignCrds.own().install(api.client(), false);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    @DisplayName("a topic is created, grown and deleted")
    void topic() throws Exception {
        InMemoryTopics kafka = new InMemoryTopics();
        TopicOperatorSettings settings = TopicOperatorSettings.of("topics", "demo")
                .withTimes(Duration.ofMillis(20), Duration.ofSeconds(60), Duration.ofSeconds(5));
        try (TopicOperator operator = TopicOperator.start(api.client(), kafka, settings, Clock.systemUTC())) {
            GenericKubernetesResource topic = create("kafkatopic.yaml", "topics", Map.of());
            waiting().untilAsserted(() -> assertThat(status(topic).get("observedGeneration"))
                    .isEqualTo(1));
            patch(topic, "{\"spec\":{\"partitions\":4}}");
            waiting().untilAsserted(() -> assertThat(status(topic).get("observedGeneration"))
                    .isEqualTo(2));
            api.client().resource(topic).delete();
            waiting().until(() -> current(topic) == null);
        }
    }

    @Test
    @DisplayName("a job is deployed, upgraded and deleted")
    void flink() throws Exception {
        try (FlinkOperator operator = FlinkOperator.start(
                api.client(),
                Optional.of("jobs"),
                configMaps -> new SimulatedFlink(Clock.systemUTC(), SimulatedTimes.rehearsal(), configMaps)
                        .knowsImage("example.org/pipeline-job:2.2", "2.2.1"),
                FlinkOperatorSettings.rehearsal(),
                Clock.systemUTC())) {
            GenericKubernetesResource job = create("flinkdeployment.yaml", "jobs", Map.of("initialSavepointPath", ""));
            waiting().untilAsserted(() -> assertThat(status(job))
                    .containsEntry("lifecycleState", "STABLE")
                    .containsEntry("observedGeneration", 1));
            patch(job, "{\"spec\":{\"job\":{\"parallelism\":4}}}");
            waiting().untilAsserted(() -> assertThat(status(job))
                    .containsEntry("lifecycleState", "STABLE")
                    .containsEntry("observedGeneration", 2));
            api.client().resource(job).delete();
            waiting().until(() -> current(job) == null);
            assertThat(operator.notRecorded()).isEmpty();
        }
    }

    private static GenericKubernetesResource create(String manifest, String namespace, Map<String, Object> job)
            throws Exception {
        GenericKubernetesResource resource = Serialization.unmarshal(
                Files.readString(Path.of("src/test/resources/manifests", manifest)), GenericKubernetesResource.class);
        resource.getMetadata().setNamespace(namespace);
        Map<String, Object> spec = resource.get("spec");
        if (!job.isEmpty()) {
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) spec.get("job");
            fields.putAll(job);
        }
        return api.client().resource(resource).create();
    }

    private static void patch(GenericKubernetesResource resource, String json) {
        api.client().resource(resource).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private static Map<String, Object> status(GenericKubernetesResource resource) {
        Map<String, Object> status = current(resource).get("status");
        return status == null ? Map.of() : status;
    }

    private static GenericKubernetesResource current(GenericKubernetesResource resource) {
        KubernetesClient client = api.client();
        return client.resource(resource).get();
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50));
    }
}
