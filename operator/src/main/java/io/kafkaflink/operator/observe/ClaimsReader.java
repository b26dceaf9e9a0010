package io.kafkaflink.operator.observe;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.GroupIds;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import java.util.stream.Collectors;

/** Reads what a pipeline lays claim to. */
public final class ClaimsReader {
    private ClaimsReader() {}

    /** The claims of a pipeline whose spec could be read. */
    public static Claims read(KafkaFlinkPipeline pipeline, OperatorDefaults defaults) {
        PipelineId id = id(pipeline);
        PipelineSpec spec = pipeline.getSpec();
        return new Claims(
                id.qualifiedName(),
                KafkaTopicReader.createdAt(pipeline.getMetadata()),
                KafkaTopics.clusterIdentity(spec, id),
                KafkaTopics.named(spec).stream()
                        .filter(topic -> topic.management() == Topic.Management.Managed)
                        .map(Topic::name)
                        .collect(Collectors.toSet()),
                groupId(pipeline, id, defaults));
    }

    /** The id in status: it was chosen once and does not follow a later identity prefix. */
    private static String groupId(KafkaFlinkPipeline pipeline, PipelineId id, OperatorDefaults defaults) {
        String known =
                pipeline.getStatus() == null ? null : pipeline.getStatus().groupId();
        return known == null ? GroupIds.of(id, pipeline.getSpec(), defaults) : known;
    }

    /** Which pipeline a resource is. */
    public static PipelineId id(KafkaFlinkPipeline pipeline) {
        return new PipelineId(
                pipeline.getMetadata().getNamespace(),
                pipeline.getMetadata().getName(),
                pipeline.getMetadata().getUid());
    }
}
