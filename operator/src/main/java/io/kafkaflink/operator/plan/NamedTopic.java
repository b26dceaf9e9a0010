package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        spec.sinks().stream().filter(sink -> sink.kafka() != null).forEach(sink -> topics.addAll(written(sink)));
        return topics;
    }

    private static List<NamedTopic> written(SinkSpec sink) {
        String field = "spec.sinks[" + sink.name() + "].kafka.topic";
        Stream<NamedTopic> one =
                Stream.ofNullable(sink.kafka().topic()).map(topic -> new NamedTopic(topic, Role.SINK, field));
        Stream<NamedTopic> several = Stream.ofNullable(sink.kafka().topics())
                .flatMap(List::stream)
                .map(topic -> new NamedTopic(topic, Role.SINK, field + "s[" + topic.name() + "]"));
        return Stream.concat(one, several).toList();
    }

    boolean managed() {
        return topic.management() == Topic.Management.Managed;
    }

    boolean external() {
        return topic.management() == Topic.Management.External;
    }
}
