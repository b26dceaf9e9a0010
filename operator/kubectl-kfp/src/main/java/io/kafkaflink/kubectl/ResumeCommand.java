package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.desired.Annotations;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Lets a suspended job go on. */
@Command(name = "resume", description = "Takes the annotation of suspend away, so that the job goes on.")
final class ResumeCommand extends PipelineCommand {
    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        if (pipeline.getSpec() != null && pipeline.getSpec().suspend()) {
            throw new KfpFailure(reference(pipeline)
                    + ": spec.suspend: found true, which only a change of the spec takes back; set it to false where the"
                    + " resource is kept");
        }
        pipelines.annotate(pipeline, Annotations.SUSPEND, null);
        out.println(reference(pipeline) + ": to go on; kubectl wait --for=condition=Ready tells when");
    }
}
