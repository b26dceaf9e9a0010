package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.PipelineId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What the operator holds of the cluster. Nothing here calls the API; what it gives is shared and must not be changed. */
public interface Caches {

    /** The definitions that the API server serves, as of at most half a minute ago. */
    Set<Definition> served();

    /** KafkaTopics of a topic, by its name in Kafka. */
    Collection<GenericKubernetesResource> kafkaTopics(String namespace, String topicName);

    /** A KafkaTopic by the name of the resource. */
    Optional<GenericKubernetesResource> kafkaTopic(String namespace, String resourceName);

    /** A FlinkDeployment that bears our labels. */
    Optional<GenericKubernetesResource> flinkDeployment(String namespace, String name);

    /** The ControllerRevisions that bear the pipeline's labels. */
    Collection<ControllerRevision> revisions(PipelineId pipeline);

    /** The FlinkStateSnapshots with which FKO stopped a FlinkDeployment. */
    Collection<GenericKubernetesResource> snapshots(String namespace, String deployment);

    /** Flink's high-availability ConfigMaps of the jobs of a FlinkDeployment, with the names of checkpoints only. */
    Collection<ConfigMap> highAvailability(String namespace, String deployment);

    /** The handover ConfigMap of a FlinkDeployment. */
    Optional<ConfigMap> handover(String namespace, String deployment);

    /** The pods of a FlinkDeployment, of which only what {@link PodReader} reads may be there. */
    Collection<Pod> pods(String namespace, String deployment);

    /** What shows that the Flink Kubernetes Operator is older than this operator needs; empty when nothing does. */
    Optional<String> flinkOperatorTooOld();

    /** A Strimzi Kafka resource. */
    Optional<GenericKubernetesResource> kafka(String namespace, String name);

    /** Other pipelines that claim a topic or consumer group which this one claims too; pipelines without a spec never. */
    Collection<KafkaFlinkPipeline> rivals(KafkaFlinkPipeline pipeline);
}
