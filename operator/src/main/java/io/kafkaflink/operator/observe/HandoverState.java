package io.kafkaflink.operator.observe;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Verification;

/**
 * The handover ConfigMap of a FlinkDeployment. What the job wrote is no more than a claim of a process with the user's
 * code and rights; a document that cannot be trusted is {@link Reading.Unreadable}.
 */
public record HandoverState(
        String resourceVersion,
        Reading<ArmOrder> order,
        Reading<ArmVerdict> armed,
        Reading<DrainReport> drained,
        Reading<GoOrder> go,
        Reading<GoResult> result,
        Reading<Verification> verified) {}
