package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.desired.Labels;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.plan.Reasons;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What deleting a pipeline leaves and takes. */
@RequiresKubeApi
class DeletionIT {
    private static final PipelineText CLICKS = PipelineText.named("clicks");

    private Site site;

    @BeforeEach
    void running(KubeApi api, TestNamespace namespace) {
        site = new Site(World.of(api), namespace.name()).withTopicOperator().withOperator();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("by default: job stopped with savepoint and gone, revisions gone, topics and data kept")
    void retained() {
        create(CLICKS);

        delete();

        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")).isNull();
        assertThat(savepoints()).hasSize(1);
        assertThat(revisions()).isEmpty();
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in")).isNotNull();
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-out")).isNotNull();
    }

    @Test
    @DisplayName("topics with deletionPolicy Delete go after the job")
    void topicsDeleted() {
        create(CLICKS.withTopicMembers(", deletionPolicy: Delete"));

        delete();

        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in")).isNull();
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-out")).isNull();
        List<String> order = site.requests.writing().stream()
                .filter(request -> request.startsWith("DELETE"))
                .map(request ->
                        request.endsWith("-handover") ? "handovers" : request.replaceFirst(".*/(\\w+)/[^/]+$", "$1"))
                .distinct()
                .toList();
        assertThat(order)
                .containsExactly("flinkdeployments", "handovers", "kafkatopics", "controllerrevisions", "configmaps");
    }

    @Test
    @DisplayName("Orphan: the job runs on, nothing is deleted, and no revision is owned any more")
    void orphaned() {
        create(CLICKS.with("deletionPolicy: Orphan"));

        delete();

        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a").<String>get("status", "jobStatus", "state"))
                .isEqualTo("RUNNING");
        assertThat(site.get(Definition.KAFKA_TOPIC, "clicks-in")).isNotNull();
        assertThat(revisions()).isNotEmpty().allSatisfy(revision -> {
            List<OwnerReference> owners = revision.getMetadata().getOwnerReferences();
            assertThat(owners).isNullOrEmpty();
        });
        assertThat(site.requests.writing())
                .noneSatisfy(request -> assertThat(request).startsWith("DELETE"));
    }

    @Test
    @DisplayName("a Flink operator that never answers holds the deletion up for the time allowed, and no longer")
    void bounded() {
        create(CLICKS);
        // A finalizer that nobody takes off, as when the Flink operator is gone and its definition is not.
        site.all(Definition.FLINK_DEPLOYMENT)
                .inNamespace(site.namespace)
                .withName("clicks-a")
                .edit(deployment -> {
                    deployment.addFinalizer("example.org/forever");
                    return deployment;
                });

        site.delete("clicks");
        site.awaitReason("clicks", "Ready", Condition.Status.False, Reasons.DELETING);
        assertThat(site.condition("clicks", "Ready").message()).contains("clicks-a");
        site.clock.advance(Duration.ofMinutes(11));

        site.eventually(() -> assertThat(site.find("clicks")).isEmpty());
        // Tried again when the double takes its own finalizer off at that moment.
        await().ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .untilAsserted(() -> site.all(Definition.FLINK_DEPLOYMENT)
                        .inNamespace(site.namespace)
                        .withName("clicks-a")
                        .edit(deployment -> {
                            deployment.removeFinalizer("example.org/forever");
                            return deployment;
                        }));
    }

    private void create(PipelineText text) {
        site.apply(text);
        site.awaitReady("clicks");
    }

    private void delete() {
        site.delete("clicks");
        site.eventually(() -> assertThat(site.find("clicks")).isEmpty());
    }

    private List<HasMetadata> revisions() {
        Stream<HasMetadata> stored =
                site.client.apps().controllerRevisions().inNamespace(site.namespace).list().getItems().stream()
                        .map(revision -> revision);
        Stream<HasMetadata> mounted = site
                .client
                .configMaps()
                .inNamespace(site.namespace)
                .withLabelSelector(Labels.SELECTOR)
                .list()
                .getItems()
                .stream()
                .map(configMap -> configMap);
        return Stream.concat(stored, mounted).toList();
    }

    private List<String> savepoints() {
        return site.all(Definition.FLINK_STATE_SNAPSHOT).inNamespace(site.namespace).list().getItems().stream()
                .map(snapshot -> snapshot.<String>get("status", "path"))
                .toList();
    }
}
