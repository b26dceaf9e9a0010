package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.RestoreSpec;
import io.kafkaflink.operator.desired.Annotations;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Prints a suspended pipeline as a resource that another cluster, namespace or name goes on with. */
@Command(
        name = "export",
        description = "Prints a suspended pipeline with state.restoreFrom filled, for another cluster or namespace.")
final class ExportCommand extends PipelineCommand {
    /** Said once, to the pipeline that is left. */
    private static final Set<String> LEFT_OUT = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            Annotations.SUSPEND,
            Annotations.REQUEST,
            Annotations.PAUSE_RECONCILIATION);

    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        if (pipeline.getStatus() == null) {
            throw new KfpFailure(reference(pipeline) + ": the operator has not seen it yet, so that there is no state");
        }
        RestoreSpec restore = RestoreSpec.of(pipeline.getStatus())
                .orElseThrow(() -> new KfpFailure(reference(pipeline) + ": found its job "
                        + pipeline.getStatus().job()
                        + ", expected it to be suspended with a savepoint; from any older one"
                        + " records would be repeated. Run kubectl kfp suspend "
                        + pipeline.getMetadata().getName() + " first"));
        KubernetesSerialization serialization = pipelines.client().getKubernetesSerialization();
        out.println("# Goes on where " + reference(pipeline) + " stopped. That one must never be resumed.");
        out.println(serialization
                .asYaml(exported(pipelines.generic(pipeline), pipeline, restore))
                .stripTrailing());
        out.flush();
    }

    private static Map<String, Object> exported(
            GenericKubernetesResource live, KafkaFlinkPipeline pipeline, RestoreSpec restore) {
        Map<String, Object> spec = copy(live.get("spec"));
        spec.remove("suspend");
        Map<String, Object> state = copy(spec.get("state"));
        state.put("restoreFrom", restore);
        spec.put("state", state);
        group(spec, pipeline.getStatus().groupId());
        Map<String, Object> exported = new LinkedHashMap<>();
        exported.put("apiVersion", live.getApiVersion());
        exported.put("kind", live.getKind());
        exported.put("metadata", metadata(live));
        exported.put("spec", spec);
        return exported;
    }

    /** Under another name the default would be another group, whose lag nobody watches. */
    private static void group(Map<String, Object> spec, String groupId) {
        Map<String, Object> source = copy(spec.get("source"));
        if (groupId != null && source.get("kafka") instanceof Map<?, ?> kafka) {
            Map<String, Object> named = copy(kafka);
            named.putIfAbsent("groupId", groupId);
            source.put("kafka", named);
            spec.put("source", source);
        }
    }

    private static Map<String, Object> metadata(GenericKubernetesResource live) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", live.getMetadata().getName());
        metadata.put("namespace", live.getMetadata().getNamespace());
        if (live.getMetadata().getLabels() != null
                && !live.getMetadata().getLabels().isEmpty()) {
            metadata.put("labels", live.getMetadata().getLabels());
        }
        Map<String, String> annotations = new TreeMap<>(live.getMetadata().getAnnotations());
        annotations.keySet().removeAll(LEFT_OUT);
        if (!annotations.isEmpty()) {
            metadata.put("annotations", annotations);
        }
        return metadata;
    }

    private static Map<String, Object> copy(Object object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
