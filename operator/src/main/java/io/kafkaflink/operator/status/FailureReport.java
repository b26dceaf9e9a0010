package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
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
        boolean stalled = refusal.cure() == Refusal.Cure.USER;
        Conditions judged = new Conditions(before.conditions(), generation, now)
                .set(Conditions.READY, false, refusal.reason(), refusal.message())
                .set(
                        Conditions.RECONCILING,
                        !stalled,
                        stalled ? Reasons.SETTLED : refusal.reason(),
                        stalled ? "nothing is under way" : refusal.message())
                .set(
                        Conditions.STALLED,
                        stalled,
                        stalled ? refusal.reason() : Reasons.NOT_STALLED,
                        stalled ? refusal.message() : "no change by the user is needed");
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
                before.acknowledgements());
    }
}
