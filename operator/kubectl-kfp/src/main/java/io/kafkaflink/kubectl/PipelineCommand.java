package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command on one pipeline. */
@Command(mixinStandardHelpOptions = true, versionProvider = KfpVersion.class)
abstract class PipelineCommand implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the pipeline.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        try (KubernetesClient client = cluster.connect()) {
            Pipelines pipelines = new Pipelines(client, cluster.namespace(client));
            run(pipelines, pipelines.get(name), spec.commandLine().getOut());
            return 0;
        }
    }

    /** @throws KfpFailure when it cannot be done */
    abstract void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out);

    /** As in {@code KafkaFlinkPipeline shop/clicks}. */
    static String reference(KafkaFlinkPipeline pipeline) {
        return "KafkaFlinkPipeline " + pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName();
    }
}
