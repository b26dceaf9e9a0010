package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.doubles.NotRecorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How a FlinkDeployment becomes a native application cluster: the command of Flink's own client, whose cluster descriptor
 * the operator uses too.
 *
 * @param home of the Flink distribution whose client is run
 * @param podTemplate file with the pod template; written by the caller
 * @see <a href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/deployment/resource-providers/native_kubernetes/">native Kubernetes</a>
 */
record ApplicationSubmit(Path home, DeploymentKey key, Effect.Start start, Path podTemplate) {

    /** Annotation of the JobManager's Deployment with the generation that it was made for. */
    static final String GENERATION = "flinkdeployment.flink.apache.org/generation";

    /** Program and arguments. */
    List<String> command() {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin/flink").toString(), "run", "--target", "kubernetes-application"));
        configuration().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("--class");
        command.add(start.spec().entryClass().orElseThrow(() -> new NotRecorded("a job without entryClass")));
        command.add(start.spec().jarUri());
        command.addAll(start.spec().args());
        return command;
    }

    /** Flink's configuration: the user's and what the operator sets (FlinkConfigBuilder), without the operator's keys. */
    Map<String, String> configuration() {
        FlinkSpec spec = start.spec();
        Map<String, String> all = new TreeMap<>();
        all.put("execution.shutdown-on-application-finish", "false");
        all.put("web.cancel.enable", "false");
        if (spec.highAvailability()) {
            all.put("execution.submit-failed-job-on-application-error", "true");
        }
        spec.configuration().forEach((name, value) -> {
            if (!name.startsWith("kubernetes.operator.") && !name.startsWith("job.autoscaler.")) {
                all.put(name, value);
            }
        });
        results(all);
        all.put("$internal.pipeline.job-id", start.jobId());
        all.put("parallelism.default", Integer.toString(spec.parallelism()));
        start.savepoint().ifPresent(path -> {
            all.put("execution.state-recovery.path", path);
            all.put("execution.state-recovery.ignore-unclaimed-state", Boolean.toString(spec.allowNonRestoredState()));
        });
        kubernetes(spec, all);
        return all;
    }

    /** So that a JobManager that leads again does not run a stopped job once more (ApplicationReconciler, FLINK-27569). */
    private static void results(Map<String, String> all) {
        String storage = all.get("high-availability.storageDir");
        if (storage != null) {
            all.putIfAbsent("job-result-store.delete-on-commit", "false");
            all.put("job-result-store.storage-path", storage + "/job-result-store/" + UUID.randomUUID());
        }
    }

    private void kubernetes(FlinkSpec spec, Map<String, String> all) {
        all.put("kubernetes.cluster-id", key.name());
        all.put("kubernetes.namespace", key.namespace());
        all.put("kubernetes.container.image.ref", spec.image());
        all.put("kubernetes.container.image.pull-policy", text(spec.json().path("imagePullPolicy"), "IfNotPresent"));
        all.put("kubernetes.rest-service.exposed.type", "ClusterIP");
        all.put("kubernetes.jobmanager.annotations", GENERATION + ":" + start.generation());
        all.put("kubernetes.pod-template-file.default", podTemplate.toString());
        spec.serviceAccount().ifPresent(account -> all.put("kubernetes.service-account", account));
        resources(spec.json().path("jobManager").path("resource"), "jobmanager", all);
        resources(spec.json().path("taskManager").path("resource"), "taskmanager", all);
    }

    private static void resources(JsonNode resource, String component, Map<String, String> all) {
        Optional.ofNullable(resource.get("cpu"))
                .filter(JsonNode::isNumber)
                .ifPresent(cpu -> all.put("kubernetes." + component + ".cpu.amount", cpu.asText()));
        Optional.ofNullable(resource.get("memory"))
                .filter(JsonNode::isTextual)
                .ifPresent(memory -> all.put(component + ".memory.process.size", memory.asText()));
    }

    /** The pod template as a Pod, which Flink's client wants. */
    static ObjectNode pod(FlinkSpec spec) {
        for (String component : List.of("jobManager", "taskManager")) {
            if (spec.json().path(component).path("podTemplate").isObject()) {
                throw new NotRecorded("a pod template of its own for the " + component);
            }
        }
        ObjectNode pod = spec.json().path("podTemplate").isObject()
                ? spec.json().path("podTemplate").deepCopy()
                : JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.withObject("/metadata").put("name", "pod-template");
        return pod;
    }

    private static String text(JsonNode node, String fallback) {
        return node.isTextual() ? node.asText() : fallback;
    }
}
