package io.kafkaflink.operator.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator would do with a spec that it has not seen yet, as far as the cluster tells; the checks of the new job
 * are not part of it.
 *
 * @param refusals why it would not be done, of which nothing else is said then
 * @param acknowledgements entries that would allow it, as under {@code spec.upgrade.acknowledge}
 * @param kind of the change, null when nothing restarts
 * @param writes of the first pass, in order
 * @param steps that follow, as in {@code 1 Arm}
 * @param newUids by the uids that they replace
 * @param dropped uids whose state is left behind
 * @param expectedDowntime how long there is no output, as in {@code 6s}; null when nothing restarts
 * @param irreversible whether there is no way back from the new job's state
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Forecast(
        List<Reason> refusals,
        List<String> acknowledgements,
        String kind,
        List<String> writes,
        List<String> steps,
        Map<String, String> newUids,
        List<String> dropped,
        String expectedDowntime,
        boolean irreversible) {

    /** Why something would not be done. */
    public record Reason(String reason, String message) {}

    static Forecast of(Situation situation, Plan plan) {
        UpgradeStatus change = plan.memory().upgrade();
        boolean begins = change != null
                && situation
                        .change()
                        .filter(before -> before.id().equals(change.id()))
                        .isEmpty();
        Optional<HandOver> handOver = Optional.ofNullable(change)
                .filter(found -> begins && Change.isHandOver(found))
                .map(found -> HandOver.of(situation, found, wanted(plan)));
        Optional<ChangeClass> differs = handOver.flatMap(
                found -> found.from().flatMap(from -> found.to().map(to -> ChangeClass.of(from, to))));
        List<Refusal> against = plan.refusals().stream()
                .filter(refusal -> refusal.cure() == Refusal.Cure.USER)
                .toList();
        return new Forecast(
                against.stream()
                        .map(refusal -> new Reason(refusal.reason(), refusal.message()))
                        .toList(),
                against.stream()
                        .flatMap(refusal -> refusal.consent().stream())
                        .map(Refusal::snippet)
                        .toList(),
                begins ? change.kind() : null,
                plan.actions().stream().map(Action::why).toList(),
                handOver.map(Approval::steps).orElse(List.of()),
                differs.map(ChangeClass::newUids).orElse(Map.of()),
                differs.map(ChangeClass::dropped).orElse(List.of()),
                handOver.filter(found -> !found.first()).map(Approval::downtime).orElse(null),
                differs.map(ChangeClass::irreversible).orElse(false));
    }

    private static Optional<Revision> wanted(Plan plan) {
        return plan.actions().stream()
                .filter(Action.StoreRevision.class::isInstance)
                .map(action -> ((Action.StoreRevision) action).revision())
                .findFirst();
    }
}
