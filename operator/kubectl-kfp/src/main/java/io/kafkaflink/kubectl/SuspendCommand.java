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
        check(pipeline);
        pipelines.annotate(pipeline, Annotations.SUSPEND, "true");
        out.println(reference(pipeline) + ": to be suspended; kubectl wait --for=condition=Suspended tells when");
    }

    /** @throws KfpFailure when its job has come to its end, so that Suspended would never be true */
    static void check(KafkaFlinkPipeline pipeline) {
        if (pipeline.getStatus() != null
                && "FINISHED".equals(pipeline.getStatus().job())) {
            throw new KfpFailure(reference(pipeline)
                    + ": status.job: found FINISHED, so that there is nothing to suspend: the job has read up to"
                    + " its stoppingOffsets or source.datagen.count. To delete the pipeline needs no suspend");
        }
    }
}
