package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.observe.Definition;
import io.kafkaflink.operator.reconcile.ServedDefinitions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an operator with these settings finds what it needs: for {@code helm test}, and for people who set it up. */
final class SelfCheck {
    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final List<String> missing = new ArrayList<>();

    SelfCheck(KubernetesClient client, OperatorConfig config) {
        this.client = client;
        this.config = config;
    }

    /**
     * Looks, and logs a line for each thing.
     *
     * @return what is missing, with what to do; empty when everything is there
     */
    List<String> missing() {
        ownDefinition();
        foreignDefinitions();
        for (Right right : Right.ofPipelines()) {
            rights(right, config.watchNamespaces());
        }
        for (Right right : Right.ofTopics()) {
            rights(right, config.topicNamespaces());
        }
        config.leaderElection().ifPresent(election -> {
            String namespace = election.namespace().orElseGet(client::getNamespace);
            rights(Right.OF_LEASES, namespace == null ? Set.of() : Set.of(namespace));
        });
        return List.copyOf(missing);
    }

    private void ownDefinition() {
        APIResourceList served = client.getApiResources(KafkaFlinkPipeline.GROUP + "/" + KafkaFlinkPipeline.VERSION);
        boolean there = served != null
                && served.getResources().stream().map(APIResource::getName).anyMatch(KafkaFlinkPipeline.PLURAL::equals);
        found(
                there,
                "definition " + KafkaFlinkPipeline.CRD_NAME,
                "apply crds/ of this version, or set crds.enabled in the chart");
    }

    private void foreignDefinitions() {
        ServedDefinitions definitions = new ServedDefinitions(client, Clock.systemUTC());
        Set<Definition> served = definitions.get();
        for (Definition definition : Definition.values()) {
            if (definition != Definition.KAFKA) {
                found(
                        served.contains(definition),
                        "definition " + definition.definitionName(),
                        definition == Definition.KAFKA_TOPIC
                                ? "install Strimzi 0.49 or newer; pipelines whose topics are External do without"
                                : "install the Flink Kubernetes Operator 1.15 or newer");
            }
        }
        definitions
                .flinkOperatorTooOld()
                .ifPresent(
                        why -> found(false, "Flink Kubernetes Operator 1.15 or newer", "found an older one: " + why));
    }

    /** @param namespaces empty for all */
    private void rights(Right right, Collection<String> namespaces) {
        for (String namespace : namespaces.isEmpty() ? Set.of("") : new TreeSet<>(namespaces)) {
            List<String> denied = right.verbs().stream()
                    .filter(verb -> !allowed(right, verb, namespace))
                    .toList();
            String where = namespace.isEmpty() ? "in all namespaces" : "in namespace " + namespace;
            found(
                    denied.isEmpty(),
                    "right to " + (denied.isEmpty() ? right.verbs() : denied) + " " + right.resource() + " " + where,
                    "bind the roles of k8s/base to the operator's service account there");
        }
    }

    private boolean allowed(Right right, String verb, String namespace) {
        String[] parts = right.resource().split("/");
        SelfSubjectAccessReview answer = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(right.group())
                        .withResource(parts[0])
                        .withSubresource(parts.length > 1 ? parts[1] : null)
                        .withVerb(verb)
                        .withNamespace(namespace.isEmpty() ? null : namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build());
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }

    private void found(boolean there, String what, String todo) {
        if (there) {
            LOG.info("found: {}", what);
        } else {
            LOG.error("missing: {}; {}", what, todo);
            missing.add(what + "; " + todo);
        }
    }
}
