package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads FlinkStateSnapshots. */
public final class StopSavepointReader {
    /** FKO's label on every snapshot, from the first event on. */
    public static final String TRIGGER_LABEL = "snapshot.trigger-type";
    /** The trigger of a savepoint with which FKO stopped a job. */
    public static final String UPGRADE = "UPGRADE";

    private StopSavepointReader() {}

    /** Name of the FlinkDeployment that a snapshot is of, empty for a FlinkSessionJob. */
    public static Optional<String> deployment(GenericKubernetesResource snapshot) {
        LooseTree reference = tree(snapshot).at("spec", "jobReference");
        return Optional.of(reference)
                .filter(job -> "FlinkDeployment".equals(job.at("kind").text()))
                .map(job -> job.at("name").text());
    }

    /** Empty unless it is the completed savepoint of a stop. */
    static Optional<StopSavepoint> read(GenericKubernetesResource snapshot) {
        Map<String, String> labels =
                Objects.requireNonNullElse(snapshot.getMetadata().getLabels(), Map.of());
        LooseTree status = tree(snapshot).at("status");
        String path = status.at("path").text();
        boolean completed = "COMPLETED".equals(status.at("state").text()) && path != null;
        if (!completed || !UPGRADE.equals(labels.get(TRIGGER_LABEL))) {
            return Optional.empty();
        }
        return deployment(snapshot)
                .map(name -> new StopSavepoint(
                        name,
                        path,
                        Objects.requireNonNullElse(
                                status.at("resultTimestamp").time(),
                                KafkaTopicReader.createdAt(snapshot.getMetadata()))));
    }

    private static LooseTree tree(GenericKubernetesResource snapshot) {
        return new LooseTree(snapshot.getAdditionalProperties());
    }
}
