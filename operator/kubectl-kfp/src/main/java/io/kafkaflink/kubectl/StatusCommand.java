package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How a pipeline is, and how far its upgrade. */
@Command(name = "status", description = "Shows conditions, what is deployed, and the timeline of the upgrade.")
final class StatusCommand extends PipelineCommand {
    @Mixin
    private OutputOption output;

    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        PipelineStatus status = Optional.ofNullable(pipeline.getStatus()).orElse(PipelineStatus.EMPTY);
        output.print(
                status,
                () -> new StatusText(reference(pipeline), pipeline.getMetadata().getGeneration(), status, Instant.now())
                        .toString(),
                pipelines.client(),
                out);
    }
}
