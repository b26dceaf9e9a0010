package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.status.Conditions.Judgement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The status of a pass that came to no plan. Everything that was known before is kept: it is the memory of the next. */
public final class FailureReport {
    private static final Set<String> JUDGED = Set.of(Conditions.READY, Conditions.RECONCILING, Conditions.STALLED);

    private FailureReport() {}

    /** The status before, with {@code Ready=False} and the reason. */
    public static PipelineStatus of(PipelineStatus before, long generation, Refusal refusal, Instant now) {
        Judgement judgement = refusal.cure() == Refusal.Cure.USER ? Judgement.STALLED : Judgement.RECONCILING;
        Conditions judged = new Conditions(before.conditions(), generation, now)
                .judge(judgement, refusal.reason(), refusal.message());
        List<Condition> conditions = new ArrayList<>(judged.list());
        before.conditions().stream()
                .filter(condition -> !JUDGED.contains(condition.type()))
                .forEach(conditions::add);
        return new PipelineStatus(
                generation,
                conditions,
                before.job(),
                before.partitions(),
                before.deployed(),
                before.topics(),
                before.upgrade(),
                before.lastUpgrade(),
                before.savepoints(),
                before.groupId(),
                before.bootstrapServers(),
                before.restService(),
                before.acknowledgements(),
                before.rejected(),
                before.plan(),
                before.lastHandledRequest());
    }
}
