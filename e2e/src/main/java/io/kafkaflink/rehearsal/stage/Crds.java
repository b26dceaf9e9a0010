package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs resource definitions and waits until the API server serves them. */
final class Crds {
    private static final int DEADLINE_SECONDS = 30;

    private Crds() {}

    static void install(KubernetesClient client, List<CustomResourceDefinition> definitions, boolean realApi) {
        definitions.forEach(definition -> client.resource(definition).serverSideApply());
        if (realApi) {
            definitions.forEach(definition ->
                    client.resource(definition).waitUntilCondition(Crds::served, DEADLINE_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static boolean served(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
