package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Annotations;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Stops the job with a savepoint. */
@Command(name = "suspend", description = "Stops the job with a savepoint, by annotation; Git need not change.")
final class SuspendCommand extends PipelineCommand {
    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        pipelines.annotate(pipeline, Annotations.SUSPEND, "true");
        out.println(reference(pipeline) + ": to be suspended; kubectl wait --for=condition=Suspended tells when");
    }
}
