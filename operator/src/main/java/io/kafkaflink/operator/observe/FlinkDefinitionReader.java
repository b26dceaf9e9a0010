package io.kafkaflink.operator.observe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Reads from the OpenAPI document of {@code flink.apache.org/v1beta1} how old the Flink Kubernetes Operator is. */
public final class FlinkDefinitionReader {
    /** Path of the document below {@code /openapi/v3}. */
    public static final String PATH = "apis/flink.apache.org/v1beta1";

    private static final String NEWEST_FLINK = "v2_2";

    private FlinkDefinitionReader() {}

    /**
     * What shows that the definitions are older than those of FKO 1.15, the first whose FlinkDeployment has {@code
     * status.conditions}; empty when nothing does, and also when the schema says too little to tell.
     */
    public static Optional<String> olderThanNeeded(JsonNode document) {
        for (JsonNode schema : document.path("components").path("schemas")) {
            if (isFlinkDeployment(schema)) {
                return judge(schema.path("properties"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> judge(JsonNode deployment) {
        JsonNode versions = deployment.at("/spec/properties/flinkVersion/enum");
        if (versions.isMissingNode()) {
            return Optional.empty();
        }
        if (versions.valueStream().noneMatch(version -> NEWEST_FLINK.equals(version.asText()))) {
            return Optional.of("its definition of FlinkDeployment knows no flinkVersion " + NEWEST_FLINK);
        }
        return deployment.at("/status/properties/conditions").isMissingNode()
                ? Optional.of("its definition of FlinkDeployment has no status.conditions")
                : Optional.empty();
    }

    private static boolean isFlinkDeployment(JsonNode schema) {
        return schema.path("x-kubernetes-group-version-kind").valueStream().anyMatch(kind -> Definition.FLINK_DEPLOYMENT
                .kind()
                .equals(kind.path("kind").asText()));
    }
}
