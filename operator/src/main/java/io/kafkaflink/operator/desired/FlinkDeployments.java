package io.kafkaflink.operator.desired;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The FlinkDeployment of a slot. */
public final class FlinkDeployments {
    public static final String API_VERSION = "flink.apache.org/v1beta1";
    public static final String KIND = "FlinkDeployment";

    private static final String OPTIONS = "flinkConfiguration";
    private static final String SAVEPOINT_ON_DELETION = "kubernetes.operator.job.savepoint-on-deletion";

    private FlinkDeployments() {}

    /**
     * The fields that are ours, for server-side apply: what the revision says, with the request in {@code spec.job}. No
     * status, which is FKO's, and no owner reference: only we delete a job, so that neither a foreground deletion nor
     * {@code Orphan} can take it along.
     *
     * @param mark the step that writes it, empty outside an upgrade
     */
    public static GenericKubernetesResource of(
            PipelineId pipeline, Slot slot, Revision revision, JobRequest request, Optional<UpgradeMark> mark) {
        GenericKubernetesResource deployment = new GenericKubernetesResource();
        deployment.setApiVersion(API_VERSION);
        deployment.setKind(KIND);
        Map<String, String> annotations = new TreeMap<>(Map.of(Annotations.REVISION, revision.name()));
        mark.ifPresent(step -> {
            annotations.put(Annotations.UPGRADE_ID, step.upgradeId());
            annotations.put(Annotations.UPGRADE_STEP, step.step());
        });
        deployment.setMetadata(new ObjectMetaBuilder()
                .withName(slot.deploymentName(pipeline))
                .withNamespace(pipeline.namespace())
                .withLabels(revision.labels())
                .withAnnotations(annotations)
                .build());
        deployment.setAdditionalProperty("spec", spec(revision, request));
        return deployment;
    }

    /** The {@code spec} alone, for judging drift. */
    public static Map<String, Object> spec(Revision revision, JobRequest request) {
        Map<String, Object> job = new TreeMap<>();
        ((Map<?, ?>) revision.deploymentSpec().get("job")).forEach((key, value) -> job.put((String) key, value));
        job.put("state", request.state().text());
        job.put("upgradeMode", request.upgradeMode().text());
        job.put("initialSavepointPath", request.initialSavepointPath());
        Map<String, Object> spec = new TreeMap<>(revision.deploymentSpec());
        spec.put("job", job);
        if (!request.savepointOnDeletion()) {
            Map<String, Object> options = options(spec);
            options.put(SAVEPOINT_ON_DELETION, "false");
            spec.put(OPTIONS, options);
        }
        return CanonicalJson.normalizedMap(spec);
    }

    /** Whether FKO would take a savepoint before it deletes a FlinkDeployment with this {@code spec}. */
    public static boolean savepointOnDeletion(Map<String, Object> spec) {
        return !"false".equals(String.valueOf(options(spec).get(SAVEPOINT_ON_DELETION)));
    }

    private static Map<String, Object> options(Map<String, Object> spec) {
        Map<String, Object> options = new TreeMap<>();
        if (spec.get(OPTIONS) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> options.put(String.valueOf(key), value));
        }
        return options;
    }
}
