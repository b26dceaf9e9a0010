package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Texts of {@code status.error}: JSON with type, message, metadata and causes; plain text for a missing job. */
final class StatusError {

    static final String JOB_NOT_FOUND = "Job Not Found";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PACKAGE = "org.apache.flink.kubernetes.operator.exception.";

    private StatusError() {}

    static String validation(String message) {
        return json(PACKAGE + "ValidationException", message, null, List.of());
    }

    static String podTrouble(RuntimeFacts.PodTrouble trouble) {
        return json(PACKAGE + "DeploymentFailedException", trouble.message(), trouble.reason(), List.of());
    }

    static String savepoint(String cause) {
        return json(PACKAGE + "UpgradeFailureException", "Savepoint Error", null, List.of(cause));
    }

    static String job(RuntimeFacts.Failure failure) {
        return json(
                "org.apache.flink.util.SerializedThrowable",
                failure.message(),
                null,
                failure.cause().map(List::of).orElse(List.of()));
    }

    private static String json(String type, String message, String reason, List<String> causes) {
        ObjectNode root = JSON.createObjectNode();
        root.put("type", type).put("message", message);
        ObjectNode metadata = root.putObject("additionalMetadata");
        if (reason != null) {
            metadata.put("reason", reason);
        }
        ArrayNode throwables = root.putArray("throwableList");
        for (String cause : causes) {
            throwables
                    .addObject()
                    .put("type", "org.apache.flink.util.SerializedThrowable")
                    .put("message", cause)
                    .putObject("additionalMetadata");
        }
        return root.toString();
    }
}
