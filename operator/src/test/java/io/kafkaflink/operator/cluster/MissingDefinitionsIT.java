package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.observe.FlinkDefinitionReader;
import io.kafkaflink.operator.plan.Reasons;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Clusters where Strimzi or the Flink operator is not there yet, or no more. */
@RequiresKubeApi
class MissingDefinitionsIT {
    private static final PipelineText CLICKS = PipelineText.named("clicks");

    private KubeApi api;
    private World world;
    private Site site;

    @BeforeEach
    void bareCluster() {
        api = KubeApi.start(KubeApiBinaries.standard().prepare().orThrow());
        world = World.without(api);
        site = new Site(world, TestNamespace.create(api.client(), "bare").name()).withOperator();
    }

    @AfterEach
    void close() {
        site.stopOperator();
        site.stopTopicOperator();
        api.close();
    }

    @Test
    @DisplayName(
            "the operator runs without the definitions, says which are missing, starts when they come, survives when"
                    + " they go, and a deletion ends all the same")
    void comingAndGoing() {
        assertThat(site.ask("/readyz").statusCode()).isEqualTo(200);
        site.apply(CLICKS);
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.DEFINITION_MISSING);
        assertThat(site.condition("clicks", "Ready").message())
                .contains("flinkdeployments.flink.apache.org")
                .contains("kafkatopics.kafka.strimzi.io");

        world.installStrimziAndFlink();
        site.withTopicOperator();
        discover();
        site.awaitReady("clicks");

        site.stopTopicOperator();
        world.flinkOperator.close();
        ForeignCrds.find().definitions().forEach(definition -> {
            dropFinalizers(definition.getSpec().getNames().getPlural());
            api.client().resource(definition).delete();
        });
        site.eventually(() -> assertThat(api.client().getApiResources("flink.apache.org/v1beta1"))
                .isNull());
        discover();
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.DEFINITION_MISSING);
        assertThat(site.ask("/livez").statusCode()).isEqualTo(200);
        assertThat(site.ask("/readyz").statusCode()).isEqualTo(200);

        site.delete("clicks");
        site.eventually(() -> assertThat(site.find("clicks")).isEmpty());
    }

    @Test
    @DisplayName("a Flink operator before 1.15 is known by its definitions; nothing is started until they are newer")
    void tooOld() {
        ForeignCrds.find().definitions().stream()
                .map(MissingDefinitionsIT::before115)
                .forEach(definition -> api.client().resource(definition).serverSideApply());
        site.eventually(() -> assertThat(api.client().raw("/openapi/v3/" + FlinkDefinitionReader.PATH))
                .contains("FlinkDeployment"));
        site.apply(CLICKS);
        discover();
        site.awaitReason("clicks", "Reconciling", Condition.Status.True, Reasons.FLINK_OPERATOR_TOO_OLD);
        assertThat(site.condition("clicks", "Ready").message()).contains("status.conditions", "Install 1.15");
        assertThat(site.get(Definition.FLINK_DEPLOYMENT, "clicks-a")).isNull();

        world.installStrimziAndFlink();
        site.withTopicOperator();
        site.eventually(() -> {
            discover();
            assertThat(site.condition("clicks", "Ready").reason()).isNotEqualTo(Reasons.FLINK_OPERATOR_TOO_OLD);
        });
        site.awaitReady("clicks");
    }

    /** The definition of FlinkDeployment had no conditions before 1.15. */
    private static CustomResourceDefinition before115(CustomResourceDefinition definition) {
        CustomResourceDefinition older = Serialization.clone(definition);
        if (definition.getSpec().getNames().getKind().equals("FlinkDeployment")) {
            older.getSpec().getVersions().forEach(version -> version.getSchema()
                    .getOpenAPIV3Schema()
                    .getProperties()
                    .get("status")
                    .getProperties()
                    .remove("conditions"));
        }
        return older;
    }

    /** Lets half a minute pass, after which the operator asks again what is served. */
    private void discover() {
        site.clock.advance(Duration.ofSeconds(31));
        site.poke("clicks");
    }

    private void dropFinalizers(String plural) {
        for (Definition definition : Definition.values()) {
            if (definition.plural().equals(plural)) {
                site.all(definition)
                        .inNamespace(site.namespace)
                        .list()
                        .getItems()
                        .forEach(found -> site.all(definition).resource(found).edit(object -> {
                            object.getMetadata().setFinalizers(null);
                            return object;
                        }));
            }
        }
    }
}
