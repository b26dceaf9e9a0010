package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.FlinkSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The spec of a FlinkDeployment in native application mode, the same for both slots. */
final class DeploymentSpecs {
    private static final String JOB_JAR = "local:///opt/flink/usrlib/pipeline-job.jar";
    private static final String MAIN_CLASS = "io.kafkaflink.job.PipelineJob";

    private DeploymentSpecs() {}

    /** What the parts of a spec have in common. */
    record Inputs(
            PipelineId pipeline,
            PipelineSpec spec,
            int parallelism,
            String configHash,
            Map<String, String> labels,
            OperatorDefaults defaults) {}

    /** The complete spec, normalized; {@code revision} names the ConfigMap it mounts. */
    static Map<String, Object> of(Inputs inputs, String revision) {
        FlinkSpec flink = inputs.spec().flink();
        Map<String, Object> spec = new TreeMap<>();
        spec.put("mode", "native");
        spec.put("flinkVersion", flink.flinkVersion());
        spec.put("image", PinnedDefaults.image(flink, inputs.defaults()).orElse(null));
        spec.put(
                "imagePullPolicy",
                flink.imagePullPolicy() == null ? null : flink.imagePullPolicy().name());
        spec.put("serviceAccount", PinnedDefaults.serviceAccount(flink, inputs.defaults()));
        spec.put("restartNonce", flink.restartNonce());
        spec.put("logConfiguration", flink.logConfiguration().isEmpty() ? null : flink.logConfiguration());
        spec.put("jobManager", process(flink.jobManager()));
        spec.put("taskManager", process(flink.taskManager()));
        spec.put(
                "podTemplate",
                PodTemplates.of(
                        flink.podTemplate(),
                        revision,
                        inputs.labels(),
                        inputs.spec().kafka(),
                        SinkSecrets.of(inputs.spec().sinks())));
        spec.put(
                "flinkConfiguration",
                FlinkOptions.of(flink.flinkConfiguration(), inputs.spec().state(), warmSlots(inputs), folder(inputs)));
        spec.put("job", job(inputs));
        return CanonicalJson.normalizedMap(spec);
    }

    private static int warmSlots(Inputs inputs) {
        return inputs.spec().upgrade().strategy() == UpgradeSpec.Strategy.Warm ? inputs.parallelism() : 0;
    }

    private static Map<String, Object> process(FlinkSpec.Process process) {
        return Map.of(
                "resource",
                Map.of(
                        "cpu", process.resource().cpu(),
                        "memory", process.resource().memory()));
    }

    private static Map<String, Object> job(Inputs inputs) {
        return Map.of(
                "jarURI",
                JOB_JAR,
                "entryClass",
                MAIN_CLASS,
                "args",
                List.of(
                        "--config",
                        Names.CONFIG_FOLDER + "/" + Names.CONFIG_FILE,
                        "--config-hash",
                        inputs.configHash()),
                "parallelism",
                inputs.parallelism(),
                "state",
                JobRequest.State.RUNNING.text(),
                "upgradeMode",
                JobRequest.UpgradeMode.SAVEPOINT.text(),
                "allowNonRestoredState",
                false);
    }

    private static String folder(Inputs inputs) {
        String root = PinnedDefaults.stateDir(inputs.spec(), inputs.defaults()).orElseThrow();
        return root.replaceAll("/+$", "") + "/" + inputs.pipeline().namespace() + "/"
                + inputs.pipeline().name();
    }
}
