package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.ForeignCrds;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs resource definitions and waits until the API server serves them. */
final class Crds {
    private static final String OURS = "/crds/kafkaflinkpipelines.kafkaflink.io.yaml";
    private static final String KAFKA = "/kafka-crd.yaml";
    private static final int DEADLINE_SECONDS = 30;

    private Crds() {}

    /** Ours as it is shipped, and those of the operators that ours depends on. */
    static void install(KubernetesClient client, boolean realApi) {
        ForeignCrds.find().install(client, realApi);
        List<CustomResourceDefinition> definitions = List.of(load(client, OURS), load(client, KAFKA));
        definitions.forEach(definition -> client.resource(definition).serverSideApply());
        if (realApi) {
            definitions.forEach(definition ->
                    client.resource(definition).waitUntilCondition(Crds::served, DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static CustomResourceDefinition load(KubernetesClient client, String resource) {
        try (InputStream yaml = Crds.class.getResourceAsStream(resource)) {
            return client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(yaml)
                    .item();
        } catch (IOException broken) {
            throw new IllegalStateException("a jar lacks " + resource, broken);
        }
    }

    private static boolean served(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
