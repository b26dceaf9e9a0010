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
        if (kafka == null) {
            return Optional.empty();
        }
        Optional<KafkaSpec.TopicOperatorRef> explicit = Optional.ofNullable(kafka.topicOperator());
        Optional<KafkaSpec.ClusterRef> clusterRef = Optional.ofNullable(kafka.clusterRef());
        String namespace = first(
                        explicit.map(KafkaSpec.TopicOperatorRef::namespace),
                        clusterRef.map(KafkaSpec.ClusterRef::namespace))
                .orElse(pipeline.namespace());
        return first(explicit.map(KafkaSpec.TopicOperatorRef::cluster), clusterRef.map(KafkaSpec.ClusterRef::name))
                .map(cluster -> new TopicOperator(namespace, cluster));
    }

    private static Optional<String> first(Optional<String> one, Optional<String> other) {
        return Stream.of(one, other).flatMap(Optional::stream).findFirst();
    }
}
