package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** Kubernetes Events of the operator: equal ones are one Event with a count. */
final class FlinkEvents {

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<String, Integer> counts = new HashMap<>();

    FlinkEvents(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void publish(DeploymentKey key, String uid, Effect.Publish event) {
        String text = uid + event.reason() + event.message() + event.component();
        String name = key.name() + "." + Integer.toHexString(text.hashCode());
        int count = counts.merge(key.namespace() + "/" + name, 1, Integer::sum);
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Event resource = new EventBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(name)
                .endMetadata()
                .withType(event.warning() ? "Warning" : "Normal")
                .withReason(event.reason())
                .withMessage(event.message())
                .withCount(count)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withNewInvolvedObject()
                .withApiVersion("flink.apache.org/v1beta1")
                .withKind("FlinkDeployment")
                .withNamespace(key.namespace())
                .withName(key.name())
                .withUid(uid)
                .endInvolvedObject()
                .withNewSource()
                .withComponent(event.component())
                .endSource()
                .build();
        client.v1().events().inNamespace(key.namespace()).resource(resource).createOr(op -> op.update());
    }
}
