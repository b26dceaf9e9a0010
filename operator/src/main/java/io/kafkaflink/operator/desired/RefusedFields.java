package io.kafkaflink.operator.desired;

import io.kafkaflink.model.Violation;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.Topic.Management;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the schema admits and the operator does not carry out. What the job would refuse in its configuration (fields,
 * expressions, Kafka properties, uids) is the business of {@code JobConfigurationCheck} in the job's model.
 */
public final class RefusedFields {
    /**
     * FKO keeps the FlinkDeployment's spec three times in one object (spec, lastReconciledSpec and lastStableSpec, the
     * latter two as escaped text), and etcd takes objects of at most 1.5 MiB.
     */
    static final int LARGEST_SPEC = 256 * 1024;

    private RefusedFields() {}

    /** Everything in a spec that is refused, in the order of its fields; empty when it can be rendered. */
    public static List<Violation> of(PipelineSpec spec) {
        List<Violation> found = new ArrayList<>(topics(spec));
        found.addAll(RefusedPodTemplate.in(spec.flink().podTemplate()));
        found.addAll(RefusedOptions.in(spec.flink().flinkConfiguration()));
        found.addAll(size(spec));
        return List.copyOf(found);
    }

    private static List<Violation> topics(PipelineSpec spec) {
        List<Violation> found = new ArrayList<>();
        Map<String, Topic> managed = new HashMap<>();
        for (Topic topic : KafkaTopics.named(spec)) {
            if (topic.management() != Management.Managed) {
                continue;
            }
            Topic other = managed.putIfAbsent(topic.name(), topic);
            if (other != null && !other.equals(topic)) {
                found.add(new Violation(
                        "spec",
                        "topic '" + topic.name() + "' described twice and differently",
                        "one description of a topic",
                        "make partitions, replicas, config and deletionPolicy equal wherever the topic is named"));
            }
        }
        boolean needsOperator =
                KafkaTopics.named(spec).stream().anyMatch(topic -> topic.management() != Management.External);
        // Any namespace does for asking whether a cluster is named.
        PipelineId anyone = new PipelineId("default", "pipeline", "");
        if (needsOperator && TopicOperator.of(anyone, spec.kafka()).isEmpty()) {
            found.add(new Violation(
                    "spec.kafka.topicOperator.cluster",
                    "nothing",
                    "the value of the label strimzi.io/cluster that the Topic Operator selects",
                    "set it, or make every topic management: External"));
        }
        return found;
    }

    private static List<Violation> size(PipelineSpec spec) {
        int size = CanonicalJson.write(SchemaDefaults.removedFrom(spec)).getBytes(StandardCharsets.UTF_8).length;
        return size <= LARGEST_SPEC
                ? List.of()
                : List.of(new Violation(
                        "spec",
                        size + " bytes",
                        "at most " + LARGEST_SPEC + " bytes as JSON",
                        "move long texts, as in podTemplate and logConfiguration, into the image or a ConfigMap"));
    }
}
