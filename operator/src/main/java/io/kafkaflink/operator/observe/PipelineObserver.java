package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec.ClusterRef;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Slot;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reduces what the caches hold to what the planner may know about one pipeline. */
public final class PipelineObserver {
    private final OperatorDefaults defaults;

    public PipelineObserver(OperatorDefaults defaults) {
        this.defaults = defaults;
    }

    /** Observes a pipeline whose spec could be read. */
    public Observation observe(KafkaFlinkPipeline pipeline, Caches caches) {
        PipelineId id = ClaimsReader.id(pipeline);
        PipelineSpec spec = pipeline.getSpec();
        Collection<ControllerRevision> stored = caches.revisions(id);
        Map<Slot, FlinkJobState> jobs = flinkJobs(id, caches);
        return new Observation(
                missing(spec, caches.served()),
                kafka(id, spec.kafka(), caches),
                topics(id, spec, caches),
                jobs,
                RevisionReader.read(stored),
                RevisionReader.unowned(stored, id),
                snapshots(id, caches),
                checkpoints(id, caches),
                handovers(id, caches),
                podTroubles(id, caches, jobs),
                podsLeft(id, caches),
                caches.flinkOperatorTooOld(),
                others(pipeline, caches));
    }

    /** The definitions that a pipeline cannot do without. */
    public static Set<Definition> needed(PipelineSpec spec) {
        Set<Definition> needed = new TreeSet<>(Set.of(Definition.FLINK_DEPLOYMENT, Definition.FLINK_STATE_SNAPSHOT));
        if (KafkaTopics.named(spec).stream().anyMatch(topic -> topic.management() != Topic.Management.External)) {
            needed.add(Definition.KAFKA_TOPIC);
        }
        if (spec.kafka() != null && spec.kafka().clusterRef() != null) {
            needed.add(Definition.KAFKA);
        }
        return needed;
    }

    private static Set<String> missing(PipelineSpec spec, Set<Definition> served) {
        Set<String> missing = new TreeSet<>();
        for (Definition definition : needed(spec)) {
            if (!served.contains(definition)) {
                missing.add(definition.definitionName());
            }
        }
        return missing;
    }

    private static KafkaState kafka(PipelineId id, KafkaSpec kafka, Caches caches) {
        if (kafka == null || kafka.clusterRef() == null) {
            String servers = kafka == null ? null : kafka.bootstrapServers();
            return new KafkaState.Known(new KafkaAccess(servers, List.of()));
        }
        ClusterRef reference = kafka.clusterRef();
        String namespace = reference.namespace() == null ? id.namespace() : reference.namespace();
        return KafkaReader.read(caches.kafka(namespace, reference.name()), namespace, reference);
    }

    private static List<TopicState> topics(PipelineId id, PipelineSpec spec, Caches caches) {
        String namespace = KafkaTopics.namespace(spec, id);
        return KafkaTopics.named(spec).stream()
                .filter(topic -> topic.management() != Topic.Management.External)
                .map(Topic::name)
                .distinct()
                .flatMap(name -> caches.kafkaTopics(namespace, name).stream())
                .map(KafkaTopicReader::read)
                .sorted(Comparator.comparing(TopicState::createdAt).thenComparing(TopicState::resourceName))
                .toList();
    }

    private static Map<Slot, FlinkJobState> flinkJobs(PipelineId id, Caches caches) {
        Map<Slot, FlinkJobState> jobs = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            caches.flinkDeployment(id.namespace(), slot.deploymentName(id))
                    .ifPresent(deployment -> jobs.put(slot, FlinkDeploymentReader.read(deployment)));
        }
        return jobs;
    }

    private static List<StopSavepoint> snapshots(PipelineId id, Caches caches) {
        return Arrays.stream(Slot.values())
                .flatMap(slot -> caches.snapshots(id.namespace(), slot.deploymentName(id)).stream())
                .map(StopSavepointReader::read)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(StopSavepoint::completedAt))
                .toList();
    }

    private static Map<String, Long> checkpoints(PipelineId id, Caches caches) {
        Map<String, Long> newest = new HashMap<>();
        for (Slot slot : Slot.values()) {
            for (ConfigMap configMap : caches.highAvailability(id.namespace(), slot.deploymentName(id))) {
                CheckpointReader.newest(configMap).ifPresent(checkpoint -> CheckpointReader.jobId(configMap)
                        .ifPresent(job -> newest.put(job, checkpoint)));
            }
        }
        return newest;
    }

    private static Map<Slot, HandoverState> handovers(PipelineId id, Caches caches) {
        Map<Slot, HandoverState> handovers = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            caches.handover(id.namespace(), slot.deploymentName(id))
                    .ifPresent(found -> handovers.put(slot, HandoverReader.read(found)));
        }
        return handovers;
    }

    private static Map<Slot, List<PodTrouble>> podTroubles(
            PipelineId id, Caches caches, Map<Slot, FlinkJobState> jobs) {
        Map<Slot, List<PodTrouble>> troubles = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            List<PodTrouble> found = PodTroubles.of(
                    caches.pods(id.namespace(), slot.deploymentName(id)),
                    Optional.ofNullable(jobs.get(slot)),
                    id.namespace());
            if (!found.isEmpty()) {
                troubles.put(slot, found);
            }
        }
        return troubles;
    }

    private static Map<Slot, Integer> podsLeft(PipelineId id, Caches caches) {
        Map<Slot, Integer> left = new EnumMap<>(Slot.class);
        for (Slot slot : Slot.values()) {
            long alive = caches.pods(id.namespace(), slot.deploymentName(id)).stream()
                    .filter(PodReader::alive)
                    .count();
            if (alive > 0) {
                left.put(slot, (int) alive);
            }
        }
        return left;
    }

    private List<Claims> others(KafkaFlinkPipeline pipeline, Caches caches) {
        return caches.rivals(pipeline).stream()
                .map(other -> ClaimsReader.read(other, defaults))
                .sorted(Comparator.comparing(Claims::pipeline))
                .toList();
    }
}
