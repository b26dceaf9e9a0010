package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Strimzi Topic Operator that is in charge of a pipeline's topics.
 *
 * @param namespace the namespace it watches
 * @param cluster value of the label {@code strimzi.io/cluster} that it selects
 */
public record TopicOperator(String namespace, String cluster) {

    /** From {@code spec.kafka}: topicOperator, else clusterRef; empty when neither names a cluster. */
    public static Optional<TopicOperator> of(PipelineId pipeline, KafkaSpec kafka) {
        return first(
                        explicit(kafka).map(KafkaSpec.TopicOperatorRef::cluster),
                        clusterRef(kafka).map(KafkaSpec.ClusterRef::name))
                .map(cluster -> new TopicOperator(namespace(pipeline, kafka), cluster));
    }

    /** The namespace alone: of topicOperator, else of clusterRef, else the pipeline's. */
    static String namespace(PipelineId pipeline, KafkaSpec kafka) {
        return first(
                        explicit(kafka).map(KafkaSpec.TopicOperatorRef::namespace),
                        clusterRef(kafka).map(KafkaSpec.ClusterRef::namespace))
                .orElse(pipeline.namespace());
    }

    private static Optional<KafkaSpec.TopicOperatorRef> explicit(KafkaSpec kafka) {
        return Optional.ofNullable(kafka).map(KafkaSpec::topicOperator);
    }

    private static Optional<KafkaSpec.ClusterRef> clusterRef(KafkaSpec kafka) {
        return Optional.ofNullable(kafka).map(KafkaSpec::clusterRef);
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return Stream.of(one, other).flatMap(Optional::stream).findFirst();
    }
}
