package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.ForeignCrds;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Installs resource definitions and waits until the API server serves them. */
final class Crds {
    private static final String OURS = "/crds/kafkaflinkpipelines.kafkaflink.io.yaml";
    private static final String KAFKA = "/kafka-crd.yaml";
    private static final int DEADLINE_SECONDS = 30;

    private Crds() {}

    /** Ours as it is shipped, and those of the operators that ours depends on. */
    static void install(KubernetesClient client, boolean realApi) {
        installForeign(client, realApi, name -> true);
        install(client, load(client, OURS), realApi);
    }

    /** Those of Strimzi and of the Flink Kubernetes Operator whose names are wanted. */
    static void installForeign(KubernetesClient client, boolean realApi, Predicate<String> wanted) {
        List<CustomResourceDefinition> definitions =
                new ArrayList<>(ForeignCrds.find().definitions());
        definitions.add(load(client, KAFKA));
        definitions.stream()
                .filter(definition -> wanted.test(definition.getMetadata().getName()))
                .forEach(definition -> install(client, definition, realApi));
    }

    private static void install(KubernetesClient client, CustomResourceDefinition definition, boolean realApi) {
        client.resource(definition).forceConflicts().serverSideApply();
        if (realApi) {
            client.resource(definition).waitUntilCondition(Crds::served, DEADLINE_SECONDS, TimeUnit.SECONDS);
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
