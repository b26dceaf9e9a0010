package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.plan.Reasons;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pipelines that the operator cannot read, as when the definition is newer than it, and pipelines that are huge. */
@RequiresKubeApi
class MalformedIT {
    private static final Map<String, String> UNREADABLE = Map.of(
            "number-for-object", "source: 5",
            "text-for-number", "state: {dir: \"s3://b/f\", maxParallelism: many}",
            "unknown-constant", "deletionPolicy: Burn",
            "null-in-list", "transforms: [null]",
            "nothing", "{}");

    private KubeApi api;
    private World world;
    private Site site;

    @BeforeEach
    void cluster() {
        api = KubeApi.start(KubeApiBinaries.standard().prepare().orThrow());
        world = World.without(api);
        world.installStrimziAndFlink();
        site = new Site(world, TestNamespace.create(api.client(), "malformed").name()).withTopicOperator();
    }

    @AfterEach
    void close() {
        site.close();
        world.flinkOperator.close();
        api.close();
    }

    @Test
    @DisplayName("specs that cannot be read are reported with the field, before and while the operator runs, and can be"
            + " deleted; others go on")
    void unreadable() {
        acceptEverything();
        UNREADABLE.forEach((name, spec) -> create("early-" + name, spec));
        site.withOperator();
        UNREADABLE.forEach((name, spec) -> create("late-" + name, spec));
        site.apply(PipelineText.named("clicks"));

        site.awaitReady("clicks");
        for (String name : UNREADABLE.keySet()) {
            site.awaitReason("early-" + name, "Stalled", Condition.Status.True, Reasons.SPEC_INVALID);
            site.awaitReason("late-" + name, "Stalled", Condition.Status.True, Reasons.SPEC_INVALID);
        }
        assertThat(site.condition("late-text-for-number", "Stalled").message())
                .contains("spec.state.maxParallelism")
                .contains("many");
        assertThat(site.ask("/readyz").statusCode()).isEqualTo(200);

        site.delete("early-number-for-object");
        site.eventually(() -> assertThat(site.find("early-number-for-object")).isEmpty());
        site.apply("late-nothing", PipelineText.named("late-nothing").yaml());
        site.awaitReady("late-nothing");
    }

    @Test
    @DisplayName("a pipeline of 200 kB runs, one of a megabyte is told why not, and others go on")
    void huge() {
        site.withOperator();
        PipelineText huge = PipelineText.named("huge");
        site.apply(
                "huge",
                huge.yaml()
                        .replace(
                                "flink: {",
                                "flink: {podTemplate: {metadata: {annotations: {a: " + "x".repeat(200_000) + "}}}, "));
        site.apply(PipelineText.named("clicks"));

        site.awaitReady("clicks");
        site.eventually(
                () -> assertThat(site.condition("huge", "Ready").reason()).isEqualTo(Reasons.READY));
        site.apply(
                "megabyte",
                PipelineText.named("megabyte")
                        .yaml()
                        .replace(
                                "flink: {",
                                "flink: {podTemplate: {metadata: {annotations: {a: " + "x".repeat(1_000_000)
                                        + "}}}, "));
        site.eventually(
                () -> assertThat(site.condition("megabyte", "Ready").reason()).isEqualTo(Reasons.FIELD_REFUSED));
        site.apply(PipelineText.named("clicks").withPrefix("still: "));
        site.awaitReady("clicks");
    }

    @Test
    @DisplayName("a field outside the schema of an older Flink operator is told at once, without a storm of requests")
    void fieldOutsideSchema() {
        api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("flinkdeployments.flink.apache.org")
                .edit(definition -> {
                    JSONSchemaProps root = definition
                            .getSpec()
                            .getVersions()
                            .get(0)
                            .getSchema()
                            .getOpenAPIV3Schema();
                    root.getProperties().get("spec").getProperties().remove("serviceAccount");
                    return definition;
                });
        site.withOperator();
        site.apply(PipelineText.named("clicks"));

        site.awaitReason("clicks", "Ready", Condition.Status.False, Reasons.API_CALL_FAILED);
        assertThat(site.condition("clicks", "Ready").message()).contains("serviceAccount");
        assertThat(site.requests.writing().stream().filter(request -> request.contains("/flinkdeployments/")))
                .as("one request a pass, and the passes back off")
                .hasSizeLessThan(5);
    }

    private void create(String name, String spec) {
        String yaml = """
                apiVersion: kafkaflink.io/v1alpha1
                kind: KafkaFlinkPipeline
                metadata: {name: %s}
                spec:
                  %s
                """.formatted(name, spec);
        site.apply(name, yaml);
    }

    /** The definition of a later version, as far as this operator is concerned: anything goes. */
    private void acceptEverything() {
        api.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(KafkaFlinkPipeline.CRD_NAME)
                .edit(definition -> {
                    open(definition);
                    return definition;
                });
        site.eventually(() -> {
            create("probe", "source: 5");
            site.delete("probe");
        });
        site.eventually(() -> assertThat(site.find("probe")).isEmpty());
    }

    private static void open(CustomResourceDefinition definition) {
        definition.getSpec().getVersions().forEach(version -> version.getSchema()
                .setOpenAPIV3Schema(new JSONSchemaPropsBuilder()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .build()));
    }
}
