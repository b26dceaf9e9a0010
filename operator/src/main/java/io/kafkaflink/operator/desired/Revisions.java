package io.kafkaflink.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Renders revisions, stores them as resources and reads them back. */
public final class Revisions {
    /** Raised with every change of what is rendered; only people read it. */
    static final String RENDERER_VERSION = "2";

    private Revisions() {}

    /**
     * Renders a revision. Equal arguments give equal revisions, name included.
     *
     * @param spec free of what {@link RefusedFields} reports
     * @param access where Kafka is; null when neither source nor sink is Kafka
     * @param groupId null for a generator source
     * @param uidRequest token of the request for new uids that led to {@code uids}, null for none
     * @param partitions as they are proven
     */
    public static Revision render(
            PipelineId pipeline,
            PipelineSpec spec,
            KafkaAccess access,
            String groupId,
            Uids uids,
            String uidRequest,
            Partitions partitions,
            OperatorDefaults defaults) {
        byte[] yaml = JobConfigurationYaml.write(
                JobConfigurations.of(pipeline, spec, access, groupId, uids, partitions.set(), defaults));
        String configHash = JobConfigurationYaml.sha256(yaml);
        Map<String, String> labels = Labels.of(pipeline);
        var inputs = new DeploymentSpecs.Inputs(pipeline, spec, partitions.largest(), configHash, labels, defaults);
        Revision nameless = new Revision(
                "",
                InputHash.of(spec, partitions),
                uids,
                spec.upgrade().uidChangeNonce(),
                uidRequest,
                partitions.largest(),
                spec.flink().flinkVersion(),
                spec.flink().connectorVersion(),
                RENDERER_VERSION,
                configHash,
                new String(yaml, StandardCharsets.UTF_8),
                labels,
                DeploymentSpecs.of(inputs, ""));
        // The spec mounts the ConfigMap that bears the revision's name, so the name is hashed without it.
        String name = Names.revision(pipeline, RevisionData.contentHash(nameless));
        return nameless.named(name, DeploymentSpecs.of(inputs, name));
    }

    /**
     * The revision as an immutable ControllerRevision.
     *
     * @param owned whether it goes with the pipeline
     */
    public static ControllerRevision toControllerRevision(Revision revision, PipelineId pipeline, boolean owned) {
        return new ControllerRevisionBuilder()
                .withMetadata(metadata(revision, pipeline, owned))
                .withRevision(1L)
                .withData(RevisionData.write(revision))
                .build();
    }

    /** The job configuration as the immutable ConfigMap that the Flink pods mount. */
    public static ConfigMap toConfigMap(Revision revision, PipelineId pipeline, boolean owned) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(revision, pipeline, owned))
                .withImmutable(true)
                .addToData(Names.CONFIG_FILE, revision.jobConfiguration())
                .build();
    }

    /**
     * Reads a stored revision. Members that another version of the operator wrote are ignored.
     *
     * @throws InvalidRevision when a needed member is missing or of another type, or the job configuration does not have
     *     the stored hash
     */
    public static Revision from(ControllerRevision stored) throws InvalidRevision {
        return RevisionData.read(stored);
    }

    private static ObjectMeta metadata(Revision revision, PipelineId pipeline, boolean owned) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder()
                .withName(revision.name())
                .withNamespace(pipeline.namespace())
                .withLabels(revision.labels());
        if (owned) {
            metadata.addToOwnerReferences(owner(pipeline));
        }
        return metadata.build();
    }

    /** The pipeline as owner of what goes with it. */
    static OwnerReference owner(PipelineId pipeline) {
        return new OwnerReferenceBuilder()
                .withApiVersion(KafkaFlinkPipeline.GROUP + "/" + KafkaFlinkPipeline.VERSION)
                .withKind(KafkaFlinkPipeline.KIND)
                .withName(pipeline.name())
                .withUid(pipeline.uid())
                .withController(true)
                .build();
    }
}
