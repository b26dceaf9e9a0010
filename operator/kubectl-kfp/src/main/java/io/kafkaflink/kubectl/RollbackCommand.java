package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import picocli.CommandLine.Command;

/** Takes a change back, or goes back to the revision before. */
@Command(
        name = "rollback",
        description =
                "Takes back the upgrade under way, or goes back to the revision before the last one from its pinned"
                        + " savepoint. What would be written twice has to be acknowledged; status says how.")
final class RollbackCommand extends RequestCommand {
    RollbackCommand() {
        super("rollback");
    }

    @Override
    void check(KafkaFlinkPipeline pipeline) {
        boolean known = pipeline.getStatus() != null
                && (pipeline.getStatus().upgrade() != null
                        || pipeline.getStatus().lastUpgrade() != null);
        if (!known) {
            throw new KfpFailure(
                    reference(pipeline) + ": status knows of no upgrade, so that there is nothing to go back to");
        }
    }
}
