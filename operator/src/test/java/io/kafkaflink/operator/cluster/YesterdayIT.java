package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.AppliedFields;
import io.kafkaflink.operator.observe.ClaimsReader;
import io.kafkaflink.operator.observe.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A pipeline that an older operator made runs on under today's: other rendering, labels, image and options. */
@RequiresKubeApi
class YesterdayIT {
    private static final Path FOLDER = Path.of("src/test/resources/golden/yesterday/clickstream");
    private static final PatchContext AS_OPERATOR = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(AppliedFields.MANAGER)
            .withForce(true)
            .build();

    private KubeApi api;
    private World world;
    private Site site;

    @BeforeEach
    void cluster() {
        api = KubeApi.start(KubeApiBinaries.standard().prepare().orThrow());
        world = World.without(api);
        world.installStrimziAndFlink();
        Kafkas.define(api.client());
        for (String namespace : new String[] {"shop", "kafka"}) {
            api.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        site = new Site(world, "shop").withTopicOperator("kafka");
    }

    @AfterEach
    void close() {
        site.close();
        world.flinkOperator.close();
        api.close();
    }

    @Test
    @DisplayName("no child is written, the job is not touched, and the pipeline is Ready")
    void nothingWritten() throws IOException {
        world.flinkOperator.run(() -> world.flink.knowsImage("registry.example.org/kafkaflink/job:0.0.9", "2.2.1"));
        Kafkas.publish(api.client(), "kafka", "prod", "plain", "prod-kafka-bootstrap.kafka.svc:9092");
        KafkaFlinkPipeline pipeline = read("in-pipeline.yaml", KafkaFlinkPipeline.class);
        yesterdaysChildren(pipeline);
        long generation = job().getMetadata().getGeneration();

        site.apply(
                "clickstream",
                Files.readString(FOLDER.resolve("in-pipeline.yaml")).replaceAll(" *uid:.*\n", ""));
        site.withOperator();
        site.awaitReady("clickstream");
        site.awaitQuiet();

        assertThat(site.requests.writing()).isNotEmpty().allSatisfy(request -> assertThat(request)
                .contains("/kafkaflinkpipelines/clickstream"));
        assertThat(job().getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(site.pipeline("clickstream").getStatus().deployed().revision())
                .isEqualTo("clickstream-0a1b2c3d");
        assertThat(site.pipeline("clickstream").getStatus().deployed().uids().source())
                .isEqualTo("source-2");
    }

    private void yesterdaysChildren(KafkaFlinkPipeline pipeline) throws IOException {
        write(read("in-ControllerRevision.yaml", ControllerRevision.class));
        write(read("out-ConfigMap.yaml", GenericKubernetesResource.class));
        write(read("out-FlinkDeployment.yaml", GenericKubernetesResource.class));
        PipelineId id = ClaimsReader.id(pipeline);
        for (DesiredTopic topic : KafkaTopics.managed(pipeline.getSpec(), id)) {
            HasMetadata resource = KafkaTopics.toResource(topic, id);
            resource.getMetadata().getLabels().put("app.kubernetes.io/part-of", "kafkaflink");
            write(resource);
        }
        site.eventually(() ->
                assertThat(job().<String>get("status", "jobStatus", "state")).isEqualTo("RUNNING"));
    }

    private void write(HasMetadata child) {
        api.client().resource(child).patch(AS_OPERATOR);
    }

    private GenericKubernetesResource job() {
        return site.get(Definition.FLINK_DEPLOYMENT, "clickstream-a");
    }

    private static <T> T read(String file, Class<T> type) throws IOException {
        return new KubernetesSerialization().unmarshal(Files.readString(FOLDER.resolve(file)), type);
    }
}
