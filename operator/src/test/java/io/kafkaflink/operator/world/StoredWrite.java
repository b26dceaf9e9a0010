package io.kafkaflink.operator.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.Revisions;
import io.kafkaflink.operator.plan.Action;
import java.io.IOException;
import java.util.Map;

/**
 * One write to the API server as it is kept there, by a user ({@link Kind#SPEC}) or by the operator.
 *
 * @param second since the beginning
 * @param name of the resource, or the slot of a FlinkDeployment or handover
 * @param object null for a deletion
 */
record StoredWrite(long second, Kind kind, String name, JsonNode object) {
    /** What is written. */
    enum Kind {
        SPEC,
        STATUS,
        TOPIC,
        REVISION,
        DEPLOYMENT,
        HANDOVER
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KubernetesSerialization KUBERNETES = new KubernetesSerialization();

    StoredWrite {
        object = object == null || object.isNull() ? null : object;
    }

    static StoredWrite of(long second, Kind kind, String name, Object resource) {
        return new StoredWrite(second, kind, name, resource == null ? NullNode.instance : json(resource));
    }

    /** What an action of the operator leaves on the API server. */
    static StoredWrite of(long second, Action action) {
        if (action instanceof Action.ApplyTopic apply) {
            return of(
                    second,
                    Kind.TOPIC,
                    apply.topic().resourceName(),
                    KafkaTopics.toResource(apply.topic(), SimulatedWorld.ID));
        } else if (action instanceof Action.DeleteTopic delete) {
            return of(second, Kind.TOPIC, delete.resourceName(), null);
        } else if (action instanceof Action.StoreRevision store) {
            return of(
                    second,
                    Kind.REVISION,
                    store.revision().name(),
                    Revisions.toControllerRevision(store.revision(), SimulatedWorld.ID, store.owned()));
        } else if (action instanceof Action.DeleteRevision delete) {
            return of(second, Kind.REVISION, delete.name(), null);
        } else if (action instanceof Action.ApplyFlinkDeployment apply) {
            return of(
                    second,
                    Kind.DEPLOYMENT,
                    apply.slot().name(),
                    FlinkDeployments.of(
                            SimulatedWorld.ID, apply.slot(), apply.revision(), apply.request(), apply.mark()));
        } else if (action instanceof Action.DeleteFlinkDeployment delete) {
            return of(second, Kind.DEPLOYMENT, delete.slot().name(), null);
        } else if (action instanceof Action.WriteHandover write) {
            return of(second, Kind.HANDOVER, write.slot().name(), HandoverWrite.of(write));
        } else if (action instanceof Action.DeleteHandover delete) {
            return of(second, Kind.HANDOVER, delete.slot().name(), null);
        }
        throw new IllegalArgumentException("no recording of " + action);
    }

    /** The operator's keys of the handover ConfigMap, as text. */
    private record HandoverWrite(Map<String, String> data) {
        static HandoverWrite of(Action.WriteHandover write) {
            return new HandoverWrite(SimulatedJobs.handoverKeys(write.order(), write.go()));
        }
    }

    /** The object as a type of today. */
    <T> T as(Class<T> type) {
        return KUBERNETES.unmarshal(object.toString(), type);
    }

    /** One line. */
    String line() {
        return JSON.createObjectNode()
                .put("second", second)
                .put("kind", kind.name())
                .put("name", name)
                .set("object", object)
                .toString();
    }

    static StoredWrite read(String line) {
        try {
            JsonNode tree = JSON.readTree(line);
            return new StoredWrite(
                    tree.get("second").asLong(),
                    Kind.valueOf(tree.get("kind").asText()),
                    tree.get("name").asText(),
                    tree.get("object"));
        } catch (IOException e) {
            throw new IllegalArgumentException("no recorded write: " + line, e);
        }
    }

    private static JsonNode json(Object resource) {
        try {
            return JSON.readTree(KUBERNETES.asJson(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
