package io.kafkaflink.operator.desired;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Labels of children. A child carries these and no label of the pipeline's: tracking labels of GitOps tools copied to a
 * child make the tool adopt or prune it.
 */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String NAME = "app.kubernetes.io/name";
    /** Name of the pipeline. */
    public static final String PIPELINE = "kafkaflink.io/pipeline";
    /** Namespace of the pipeline; a KafkaTopic may live in another one. */
    public static final String PIPELINE_NAMESPACE = "kafkaflink.io/pipeline-namespace";
    /** {@code "true"} on handover ConfigMaps. */
    public static final String HANDOVER = "kafkaflink.io/handover";
    /** Strimzi's label: the Kafka cluster whose Topic Operator is in charge. */
    public static final String STRIMZI_CLUSTER = "strimzi.io/cluster";

    public static final String OPERATOR = "kafkaflink-operator";
    private static final String APPLICATION = "kafkaflink-pipeline";

    /** Selects everything that this operator made. */
    public static final String SELECTOR = MANAGED_BY + "=" + OPERATOR;

    private Labels() {}

    /** The labels of a pipeline's children, sorted. */
    public static Map<String, String> of(PipelineId pipeline) {
        return new TreeMap<>(Map.of(
                MANAGED_BY,
                OPERATOR,
                NAME,
                APPLICATION,
                PIPELINE,
                pipeline.name(),
                PIPELINE_NAMESPACE,
                pipeline.namespace()));
    }

    /** {@code <namespace>/<name>} of the pipeline that a resource with these labels (may be null) belongs to. */
    public static Optional<String> pipelineOf(Map<String, String> labels) {
        return Optional.ofNullable(labels)
                .filter(present -> OPERATOR.equals(present.get(MANAGED_BY)))
                .filter(present -> Objects.nonNull(present.get(PIPELINE_NAMESPACE)))
                .filter(present -> Objects.nonNull(present.get(PIPELINE)))
                .map(present -> present.get(PIPELINE_NAMESPACE) + "/" + present.get(PIPELINE));
    }
}
