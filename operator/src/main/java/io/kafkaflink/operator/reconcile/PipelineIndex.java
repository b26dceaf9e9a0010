package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec.ClusterRef;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.Claims;
import io.kafkaflink.operator.observe.ClaimsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds pipelines by what they name: their topics, their Kafka, and what they must not share with others. */
final class PipelineIndex {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineIndex.class);
    private static final String TOPICS = "topics";
    private static final String KAFKA = "kafka";
    private static final String CLAIMS = "claims";

    private final IndexerResourceCache<KafkaFlinkPipeline> pipelines;
    private final OperatorDefaults defaults;

    PipelineIndex(IndexerResourceCache<KafkaFlinkPipeline> pipelines, OperatorDefaults defaults) {
        this.pipelines = pipelines;
        this.defaults = defaults;
        Map<String, Function<KafkaFlinkPipeline, List<String>>> functions = Map.of(
                TOPICS, safe(PipelineIndex::topics),
                KAFKA, safe(PipelineIndex::kafka),
                CLAIMS, safe(this::claims));
        pipelines.addIndexers(functions);
    }

    /** An index function that throws stops the informer, and with it every pipeline. */
    private static Function<KafkaFlinkPipeline, List<String>> safe(Function<KafkaFlinkPipeline, List<String>> keys) {
        return pipeline -> {
            try {
                return keys.apply(pipeline);
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("namespace", pipeline.getMetadata().getNamespace())
                        .addKeyValue("name", pipeline.getMetadata().getName())
                        .setCause(e)
                        .log("this pipeline cannot be found by what it names");
                return List.of();
            }
        };
    }

    Stream<KafkaFlinkPipeline> all() {
        return pipelines.list();
    }

    /** The pipelines that name a topic, whether they manage it or only use it. */
    Set<ResourceID> namingTopic(String namespace, String topicName) {
        return ids(pipelines.byIndex(TOPICS, namespace + "/" + topicName));
    }

    /** The pipelines that refer to a Strimzi Kafka. */
    Set<ResourceID> namingKafka(String namespace, String name) {
        return ids(pipelines.byIndex(KAFKA, namespace + "/" + name));
    }

    /** The other pipelines that claim something that this one claims. */
    List<KafkaFlinkPipeline> rivals(KafkaFlinkPipeline pipeline) {
        ResourceID self = ResourceID.fromResource(pipeline);
        Map<ResourceID, KafkaFlinkPipeline> found = claims(pipeline).stream()
                .flatMap(claim -> pipelines.byIndex(CLAIMS, claim).stream())
                .collect(Collectors.toMap(ResourceID::fromResource, Function.identity(), (one, other) -> one));
        found.remove(self);
        return List.copyOf(found.values());
    }

    private static Set<ResourceID> ids(List<KafkaFlinkPipeline> found) {
        return found.stream().map(ResourceID::fromResource).collect(Collectors.toSet());
    }

    private static List<String> topics(KafkaFlinkPipeline pipeline) {
        if (pipeline.getSpec() == null) {
            return List.of();
        }
        PipelineId id = ClaimsReader.id(pipeline);
        String namespace = KafkaTopics.namespace(pipeline.getSpec(), id);
        return KafkaTopics.named(pipeline.getSpec()).stream()
                .filter(topic -> topic.management() != Topic.Management.External)
                .map(topic -> namespace + "/" + topic.name())
                .distinct()
                .toList();
    }

    private static List<String> kafka(KafkaFlinkPipeline pipeline) {
        if (pipeline.getSpec() == null
                || pipeline.getSpec().kafka() == null
                || pipeline.getSpec().kafka().clusterRef() == null) {
            return List.of();
        }
        ClusterRef reference = pipeline.getSpec().kafka().clusterRef();
        String own = pipeline.getMetadata().getNamespace();
        return List.of((reference.namespace() == null ? own : reference.namespace()) + "/" + reference.name());
    }

    private List<String> claims(KafkaFlinkPipeline pipeline) {
        if (pipeline.getSpec() == null) {
            return List.of();
        }
        Claims claims = ClaimsReader.read(pipeline, defaults);
        List<String> keys = new ArrayList<>();
        claims.managedTopics().forEach(topic -> keys.add("topic " + claims.kafka() + " " + topic));
        if (claims.groupId() != null) {
            keys.add("group " + claims.kafka() + " " + claims.groupId());
        }
        return keys;
    }
}
