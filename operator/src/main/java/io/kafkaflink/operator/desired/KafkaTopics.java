package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.Topic.Management;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The topics of a pipeline as Strimzi KafkaTopics. */
public final class KafkaTopics {
    private KafkaTopics() {}

    /** The topics that a pipeline names, source topics first, each in the order of the spec. */
    public static List<Topic> named(PipelineSpec spec) {
        Stream<Topic> read = spec.source().kafka() == null ? Stream.empty() : spec.source().kafka().topics().stream();
        Stream<Topic> written = spec.sinks().stream()
                .filter(sink -> sink.kafka() != null)
                .map(sink -> sink.kafka().topic());
        return Stream.concat(read, written).toList();
    }

    /**
     * The KafkaTopics that a pipeline manages, one a topic name. Empty when the spec names no Topic Operator, which {@link
     * RefusedFields} reports.
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

    /** The KafkaTopic as a pipeline without a stored revision writes it. */
    public static KafkaTopic toResource(DesiredTopic topic, PipelineId pipeline) {
        return toResource(topic, Labels.of(pipeline));
    }

    /**
     * The fields of the KafkaTopic that are ours, for server-side apply. No owner reference: it would delete topic and data
     * with the pipeline, and cannot cross namespaces.
     *
     * @param labels the deployed revision's labels, so that an operator with other labels rewrites no topic
     */
    public static KafkaTopic toResource(DesiredTopic topic, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(Labels.STRIMZI_CLUSTER, topic.cluster());
        boolean renamed = !topic.resourceName().equals(topic.topicName());
        return new KafkaTopicBuilder()
                .withNewMetadata()
                .withName(topic.resourceName())
                .withNamespace(topic.namespace())
                .withLabels(all)
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
