package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import picocli.CommandLine.Command;

/** Gives source and sinks new uids. */
@Command(
        name = "new-uids",
        description = "Restarts the job with new uids of source and sinks, from the offsets of its savepoint.")
final class NewUidsCommand extends RequestCommand {
    NewUidsCommand() {
        super("new-uids");
    }

    @Override
    void check(KafkaFlinkPipeline pipeline) {
        if (pipeline.getStatus() == null || pipeline.getStatus().deployed() == null) {
            throw new KfpFailure(reference(pipeline) + ": nothing is deployed yet whose uids could change");
        }
    }
}
