package io.kafkaflink.operator.observe;

import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Slot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything the planner may know of the cluster about one pipeline.
 *
 * @param missingDefinitions names of custom resource definitions that are needed and not served, as in
 *     {@code kafkatopics.kafka.strimzi.io}
 * @param kafka where Kafka is, as far as known
 * @param topics every KafkaTopic that stands for a topic this pipeline names, whoever made it
 * @param flinkJobs the FlinkDeployments of this pipeline by slot
 * @param revisions the stored revisions by name
 * @param unowned names of stored revisions without an owner reference to the pipeline
 * @param snapshots savepoints that FKO took of this pipeline's deployments when it stopped them, oldest first
 * @param checkpoints id of the newest completed checkpoint by Flink job id, from Flink's high-availability ConfigMaps
 * @param handovers what operator and jobs have said to each other, by slot
 * @param podTroubles what keeps pods of a FlinkDeployment from starting, by slot; a slot without trouble has no entry
 * @param podsLeft number of pods of a FlinkDeployment, by slot; a slot without pods has no entry
 * @param flinkOperatorTooOld what shows that the Flink Kubernetes Operator is older than 1.15, empty when nothing does
 * @param others what other pipelines on the cluster claim
 */
public record Observation(
        Set<String> missingDefinitions,
        KafkaState kafka,
        List<TopicState> topics,
        Map<Slot, FlinkJobState> flinkJobs,
        Map<String, Revision> revisions,
        Set<String> unowned,
        List<StopSavepoint> snapshots,
        Map<String, Long> checkpoints,
        Map<Slot, HandoverState> handovers,
        Map<Slot, List<PodTrouble>> podTroubles,
        Map<Slot, Integer> podsLeft,
        Optional<String> flinkOperatorTooOld,
        List<Claims> others) {

    /** A cluster where everything that is needed is there, and nothing of the pipeline yet. */
    public static Observation nothingYet(KafkaState kafka) {
        return new Observation(
                Set.of(),
                kafka,
                List.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                List.of());
    }

    public Observation {
        missingDefinitions = Set.copyOf(missingDefinitions);
        topics = List.copyOf(topics);
        flinkJobs = Map.copyOf(flinkJobs);
        revisions = Map.copyOf(revisions);
        unowned = Set.copyOf(unowned);
        snapshots = List.copyOf(snapshots);
        checkpoints = Map.copyOf(checkpoints);
        handovers = Map.copyOf(handovers);
        podTroubles = Map.copyOf(podTroubles);
        podsLeft = Map.copyOf(podsLeft);
        others = List.copyOf(others);
    }

    /** The pipeline's FlinkDeployment in a slot. */
    public Optional<FlinkJobState> flinkJob(Slot slot) {
        return Optional.ofNullable(flinkJobs.get(slot));
    }

    /** What was said in the handover to the job in a slot; empty when there is no handover ConfigMap. */
    public Optional<HandoverState> handover(Slot slot) {
        return Optional.ofNullable(handovers.get(slot));
    }

    /** What keeps pods in a slot from starting. */
    public List<PodTrouble> podTroubles(Slot slot) {
        return podTroubles.getOrDefault(slot, List.of());
    }

    /** Number of pods of the FlinkDeployment in a slot, which may be gone already. */
    public int podsLeft(Slot slot) {
        return podsLeft.getOrDefault(slot, 0);
    }

    /** The KafkaTopics that stand for a topic; more than one when somebody made a second. */
    public List<TopicState> topics(String namespace, String topicName) {
        return topics.stream()
                .filter(topic ->
                        topic.namespace().equals(namespace) && topic.topicName().equals(topicName))
                .toList();
    }
}
