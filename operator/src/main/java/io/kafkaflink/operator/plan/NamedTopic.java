package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * A topic of the spec and where it stands there.
 *
 * @param field path in the resource, for messages
 */
record NamedTopic(Topic topic, Role role, String field) {
    enum Role {
        SOURCE,
        SINK
    }

    static List<NamedTopic> of(PipelineSpec spec) {
        List<NamedTopic> topics = new ArrayList<>();
        if (spec.source().kafka() != null) {
            for (Topic topic : spec.source().kafka().topics()) {
                topics.add(new NamedTopic(topic, Role.SOURCE, "spec.source.kafka.topics[" + topic.name() + "]"));
            }
        }
        spec.sinks().stream()
                .filter(sink -> sink.kafka() != null)
                .forEach(sink -> topics.add(new NamedTopic(
                        sink.kafka().topic(), Role.SINK, "spec.sinks[" + sink.name() + "].kafka.topic")));
        return topics;
    }

    boolean managed() {
        return topic.management() == Topic.Management.Managed;
    }

    boolean external() {
        return topic.management() == Topic.Management.External;
    }
}
