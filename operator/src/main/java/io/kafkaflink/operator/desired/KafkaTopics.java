package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.Topic.Management;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The topics of a pipeline as Strimzi KafkaTopics. */
public final class KafkaTopics {
    private KafkaTopics() {}

    /** The topics that a pipeline names, source topics first, each in the order of the spec. */
    public static List<Topic> named(PipelineSpec spec) {
        Stream<Topic> read = spec.source().kafka() == null ? Stream.empty() : spec.source().kafka().topics().stream();
        Stream<Topic> written = spec.sinks().stream()
                .filter(sink -> sink.kafka() != null)
                .flatMap(sink -> sink.kafka().written().stream());
        return Stream.concat(read, written).toList();
    }

    /**
     * The KafkaTopics that a pipeline manages, one a topic name. Empty when the spec names no Topic Operator, for which
     * a pipeline with such topics is refused.
     */
    public static List<DesiredTopic> managed(PipelineSpec spec, PipelineId pipeline) {
        Map<String, DesiredTopic> byName = new LinkedHashMap<>();
        TopicOperator.of(pipeline, spec.kafka()).ifPresent(operator -> named(spec).stream()
                .filter(topic -> topic.management() == Management.Managed && topic.partitions() != null)
                .forEach(topic -> byName.putIfAbsent(topic.name(), desired(topic, operator))));
        return List.copyOf(byName.values());
    }

    private static DesiredTopic desired(Topic topic, TopicOperator operator) {
        return new DesiredTopic(
                operator.namespace(),
                Names.topicResource(topic.name()),
                operator.cluster(),
                topic.name(),
                topic.partitions(),
                topic.replicas(),
                topic.config(),
                topic.deletionPolicy());
    }

    /** The namespace of the Topic Operator in charge, where Managed and Existing KafkaTopics are. */
    public static String namespace(PipelineSpec spec, PipelineId pipeline) {
        return TopicOperator.namespace(pipeline, spec.kafka());
    }

    /**
     * The Kafka cluster as pipelines can compare it: {@code <namespace>/<name>} of the Strimzi cluster where the spec names
     * one, else the bootstrap servers; empty without Kafka.
     */
    public static String clusterIdentity(PipelineSpec spec, PipelineId pipeline) {
        KafkaSpec kafka = spec.kafka();
        if (kafka == null) {
            return "";
        }
        if (kafka.clusterRef() != null) {
            String namespace = kafka.clusterRef().namespace();
            return (namespace == null ? pipeline.namespace() : namespace) + "/"
                    + kafka.clusterRef().name();
        }
        return TopicOperator.of(pipeline, kafka)
                .map(operator -> operator.namespace() + "/" + operator.cluster())
                .orElse(kafka.bootstrapServers());
    }

    /**
     * The fields of the KafkaTopic that are ours, for server-side apply. No owner reference: it would delete topic and data
     * with the pipeline, and cannot cross namespaces.
     */
    public static KafkaTopic toResource(DesiredTopic topic, PipelineId pipeline) {
        boolean renamed = !topic.resourceName().equals(topic.topicName());
        return new KafkaTopicBuilder()
                .withNewMetadata()
                .withName(topic.resourceName())
                .withNamespace(topic.namespace())
                .withLabels(Labels.of(pipeline))
                .addToLabels(Labels.STRIMZI_CLUSTER, topic.cluster())
                .endMetadata()
                .withNewSpec()
                .withTopicName(renamed ? topic.topicName() : null)
                .withPartitions(topic.partitions())
                .withReplicas(topic.replicas())
                .withConfig(topic.config().isEmpty() ? null : topic.config())
                .endSpec()
                .build();
    }
}
