package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** FlinkDeployments and FlinkStateSnapshots to and from their generic form. */
final class FlinkResources {

    static final ResourceDefinitionContext DEPLOYMENTS = context("FlinkDeployment", "flinkdeployments");
    static final ResourceDefinitionContext SNAPSHOTS = context("FlinkStateSnapshot", "flinkstatesnapshots");
    private static final String TRIGGER = "snapshot.trigger-type";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FlinkResources() {}

    static FlinkDeployment deployment(GenericKubernetesResource resource) {
        ObjectMeta meta = resource.getMetadata();
        return new FlinkDeployment(
                new DeploymentKey(meta.getNamespace(), meta.getName()),
                meta.getUid(),
                meta.getGeneration() == null ? 1 : meta.getGeneration(),
                meta.getDeletionTimestamp() != null,
                hasFinalizer(meta, FlinkDeployment.FINALIZER),
                FlinkSpec.of(json(resource, "spec")),
                FlinkStatusCodec.read(json(resource, "status")));
    }

    static Map<String, Object> status(FlinkStatus status) {
        return map(FlinkStatusCodec.write(status));
    }

    static StateSnapshot snapshot(GenericKubernetesResource resource) {
        ObjectMeta meta = resource.getMetadata();
        JsonNode spec = json(resource, "spec");
        JsonNode status = json(resource, "status");
        JsonNode savepoint = spec.path("savepoint");
        return new StateSnapshot(
                meta.getNamespace(),
                meta.getName(),
                spec.path("jobReference").path("name").asText(),
                Instant.parse(meta.getCreationTimestamp()).toEpochMilli(),
                spec.has("checkpoint") ? StateSnapshot.Kind.CHECKPOINT : StateSnapshot.Kind.SAVEPOINT,
                Optional.ofNullable(meta.getLabels()).map(labels -> labels.get(TRIGGER)),
                savepoint.path("alreadyExists").asBoolean(),
                savepoint.path("disposeOnDelete").asBoolean(true),
                meta.getDeletionTimestamp() != null,
                hasFinalizer(meta, StateSnapshot.FINALIZER),
                text(status.path("state")).map(StateSnapshot.State::valueOf),
                text(status.path("path")).or(() -> text(savepoint.path("path"))),
                text(status.path("error")),
                text(status.path("triggerId")),
                text(status.path("triggerTimestamp")),
                text(status.path("resultTimestamp")));
    }

    /** A new UPGRADE snapshot as a resource. */
    static GenericKubernetesResource upgradeSnapshot(StateSnapshot snapshot) {
        GenericKubernetesResource resource = new GenericKubernetesResource();
        resource.setApiVersion("flink.apache.org/v1beta1");
        resource.setKind("FlinkStateSnapshot");
        resource.setMetadata(new ObjectMetaBuilder()
                .withNamespace(snapshot.namespace())
                .withName(snapshot.name())
                .withLabels(Map.of(TRIGGER, "UPGRADE"))
                .build());
        resource.setAdditionalProperty(
                "spec",
                Map.of(
                        "backoffLimit",
                        0,
                        "jobReference",
                        Map.of("kind", "FlinkDeployment", "name", snapshot.deployment()),
                        "savepoint",
                        Map.of(
                                "alreadyExists",
                                true,
                                "disposeOnDelete",
                                false,
                                "formatType",
                                "CANONICAL",
                                "path",
                                snapshot.path().orElseThrow())));
        return resource;
    }

    /** Labels that the operator adds to a snapshot. */
    static Map<String, String> labels(StateSnapshot snapshot, Map<String, String> present) {
        Map<String, String> labels = new HashMap<>(Objects.requireNonNullElse(present, Map.of()));
        labels.put("job-reference.kind", "FlinkDeployment");
        labels.put("job-reference.name", snapshot.deployment());
        snapshot.state().ifPresent(state -> labels.put("snapshot.state", state.name()));
        labels.put("snapshot.type", snapshot.kind().name());
        snapshot.trigger().ifPresent(trigger -> labels.put(TRIGGER, trigger));
        return labels;
    }

    static Map<String, Object> status(StateSnapshot snapshot) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("failures", 0);
        snapshot.state().ifPresent(state -> status.put("state", state.name()));
        snapshot.path()
                .filter(path -> snapshot.state().equals(Optional.of(StateSnapshot.State.COMPLETED)))
                .ifPresent(path -> status.put("path", path));
        snapshot.error().ifPresent(error -> status.put("error", error));
        snapshot.triggerId().ifPresent(id -> status.put("triggerId", id));
        snapshot.triggerTimestamp().ifPresent(time -> status.put("triggerTimestamp", time));
        snapshot.resultTimestamp().ifPresent(time -> status.put("resultTimestamp", time));
        return status;
    }

    private static boolean hasFinalizer(ObjectMeta meta, String finalizer) {
        return Objects.requireNonNullElse(meta.getFinalizers(), List.of()).contains(finalizer);
    }

    /** Through text, so that numbers have the types that a parser gives them. */
    private static JsonNode json(GenericKubernetesResource resource, String field) {
        try {
            Object value = resource.getAdditionalProperties().get(field);
            return JSON.readTree(JSON.writeValueAsString(value == null ? Map.of() : value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    field + " of " + resource.getMetadata().getName() + " is no JSON", e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(JsonNode node) {
        return JSON.convertValue(node, Map.class);
    }

    private static Optional<String> text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node.asText());
    }

    private static ResourceDefinitionContext context(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("flink.apache.org")
                .withVersion("v1beta1")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
