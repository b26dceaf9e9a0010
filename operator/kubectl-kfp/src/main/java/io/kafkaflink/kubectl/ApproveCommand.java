package io.kafkaflink.kubectl;

import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PlanStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Approval;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Approves the plan that waits. */
@Command(
        name = "approve",
        description = "Sets spec.upgrade.approvedPlan to the plan that waits. Where Git has the spec, set it there.")
final class ApproveCommand extends PipelineCommand {
    @Option(
            names = "--plan",
            paramLabel = "ID",
            description = "Approve only if this plan waits, as status.plan.id shows it.")
    private String expected;

    @Override
    void run(Pipelines pipelines, KafkaFlinkPipeline pipeline, PrintWriter out) {
        PlanStatus plan =
                pipeline.getStatus() == null ? null : pipeline.getStatus().plan();
        if (plan == null || pipeline.getStatus().upgrade() == null) {
            throw new KfpFailure(reference(pipeline) + ": status.plan is empty, so that nothing waits for approval");
        }
        if (pipeline.getSpec() != null && pipeline.getSpec().upgrade().approval() != Approval.Manual) {
            throw new KfpFailure(reference(pipeline)
                    + ": spec.upgrade.approval: found Automatic, expected Manual; the upgrade goes on by itself");
        }
        if (expected != null && !expected.equals(plan.id())) {
            throw new KfpFailure(reference(pipeline) + ": found plan " + plan.id() + ", expected " + expected
                    + " (--plan); look at it with kubectl kfp status");
        }
        pipelines.patch(pipeline, Map.of("spec", Map.of("upgrade", Map.of("approvedPlan", plan.id()))));
        out.println(reference(pipeline) + ": approved plan " + plan.id() + " (" + plan.kind() + ")");
    }
}
