package io.kafkaflink.operator.observe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.UpgradeMark;
import io.kafkaflink.operator.observe.FlinkJobState.Error;
import io.kafkaflink.operator.observe.FlinkJobState.LastReconciled;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads FlinkDeployments. FKO guarantees nothing of their status, so every part of it may be missing or odd. */
final class FlinkDeploymentReader {
    /** Longer messages of FKO are stack traces. */
    static final int LONGEST_MESSAGE = 600;

    private static final ObjectMapper JSON = new ObjectMapper();

    private FlinkDeploymentReader() {}

    static FlinkJobState read(GenericKubernetesResource deployment) {
        ObjectMeta metadata = deployment.getMetadata();
        LooseTree tree = new LooseTree(deployment.getAdditionalProperties());
        LooseTree status = tree.at("status");
        LooseTree job = status.at("jobStatus");
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        return new FlinkJobState(
                metadata.getName(),
                annotations.get(Annotations.REVISION),
                KafkaTopicReader.generation(metadata),
                metadata.getResourceVersion(),
                KafkaTopicReader.createdAt(metadata),
                metadata.getDeletionTimestamp() != null,
                tree.at("spec", "job", "state").text(),
                tree.at("spec", "job", "upgradeMode").text(),
                status.at("observedGeneration").number(),
                status.at("lifecycleState").text(),
                status.at("reconciliationStatus", "state").text(),
                job.at("state").text(),
                status.at("jobManagerDeploymentStatus").text(),
                job.at("jobId").text(),
                error(status.at("error").text()),
                lastReconciled(
                        status.at("reconciliationStatus", "lastReconciledSpec").text()),
                job.at("upgradeSavepointPath").text(),
                mark(annotations),
                tree.at("spec").members());
    }

    private static Optional<UpgradeMark> mark(Map<String, String> annotations) {
        return Optional.ofNullable(annotations.get(Annotations.UPGRADE_ID))
                .filter(id -> annotations.get(Annotations.UPGRADE_STEP) != null)
                .map(id -> new UpgradeMark(id, annotations.get(Annotations.UPGRADE_STEP)));
    }

    /** FKO writes the error as JSON in a string. What is no JSON is the message itself. */
    private static Error error(String text) {
        if (text == null) {
            return null;
        }
        LooseTree tree = parse(text);
        String type = tree.at("type").text();
        String message = tree.at("message").text();
        if (type == null && message == null) {
            return new Error("Error", shortened(text));
        }
        String simple = type == null ? "Error" : type.substring(type.lastIndexOf('.') + 1);
        return new Error(
                simple,
                shortened(withCause(message, tree.at("throwableList").items())),
                tree.at("additionalMetadata", "reason").text());
    }

    /** "Savepoint Error" alone helps nobody; the innermost cause says what happened. */
    private static String withCause(String message, List<LooseTree> causes) {
        String cause = causes.isEmpty()
                ? null
                : causes.get(causes.size() - 1).at("message").text();
        if (message == null || cause == null || cause.contains(message)) {
            return cause == null ? Objects.requireNonNullElse(message, "") : cause;
        }
        return message + ": " + cause;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + " …";
    }

    private static Optional<LastReconciled> lastReconciled(String text) {
        LooseTree job = text == null ? new LooseTree(null) : parse(text).at("spec", "job");
        if (job.members().isEmpty()) {
            return Optional.empty();
        }
        Integer parallelism = job.at("parallelism").smallNumber();
        return Optional.of(new LastReconciled(
                job.at("state").text(),
                job.at("upgradeMode").text(),
                parallelism == null ? 0 : parallelism,
                job.at("args").texts()));
    }

    private static LooseTree parse(String text) {
        try {
            return new LooseTree(JSON.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            return new LooseTree(null);
        }
    }
}
