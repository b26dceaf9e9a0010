package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import picocli.CommandLine.Command;

/** Tries a change again that was taken back. */
@Command(name = "retry", description = "Tries again what was rolled back and stands in status.rejected.")
final class RetryCommand extends RequestCommand {
    RetryCommand() {
        super("retry");
    }

    @Override
    void check(KafkaFlinkPipeline pipeline) {
        if (pipeline.getStatus() == null || pipeline.getStatus().rejected() == null) {
            throw new KfpFailure(
                    reference(pipeline) + ": status.rejected is empty, so that there is nothing to try again");
        }
    }
}
