package io.kafkaflink.operator.plan;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reading;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.observe.FlinkJobState;
import io.kafkaflink.operator.observe.HandoverState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A job that FKO started in place, as at a resume, and that refused: what its savepoint goes on from is not in Kafka any
 * more. Once that is accepted it is made again from the same savepoint, with the acceptance in its order.
 */
record RefusedStart(JobContext context, FlinkJobState job, GoResult result) {

    static Optional<RefusedStart> of(JobContext context, FlinkJobState job) {
        return Optional.of(job)
                .filter(found -> "FAILED".equals(found.job()))
                .flatMap(found -> context.situation().seen().handover(context.slot()))
                .map(HandoverState::result)
                .flatMap(reading -> reading instanceof Reading.Found<GoResult> found
                        ? Optional.of(found.document())
                        : Optional.empty())
                .filter(result -> result.outcome() == GoResult.Outcome.Refused
                        && result.jobId().equals(job.jobId()))
                .map(result -> new RefusedStart(context, job, result));
    }

    JobDecision decide(JobDecision now, Revision revision) {
        List<Acknowledgement> needed = result.reasons().stream()
                .map(Reason::acknowledge)
                .filter(entry -> entry != null && risk(entry).isPresent())
                .toList();
        Optional<Acknowledgement> missing = needed.stream()
                .filter(entry -> !context.situation().accepted(risk(entry).orElseThrow(), entry.value()))
                .findFirst();
        return !needed.isEmpty() && missing.isEmpty()
                ? new JobRepair(context, job, revision).decide(now)
                : now.refused(refusal(missing));
    }

    private Refusal refusal(Optional<Acknowledgement> missing) {
        String message = job.reference(context.situation().id().namespace()) + " refused to start: "
                + result.reasons().stream().limit(3).map(Verdicts::words).collect(Collectors.joining(". "));
        return missing.map(entry -> Refusal.consent(
                        Reasons.START_REFUSED, message, risk(entry).orElseThrow(), entry.value()))
                .orElseGet(() -> Refusal.stalled(
                        Reasons.START_REFUSED,
                        message + ". Correct what it says; a change of the spec starts it again"));
    }

    private static Optional<Risk> risk(Acknowledgement entry) {
        return Arrays.stream(Risk.values())
                .filter(risk -> risk.name().equals(entry.risk()))
                .findFirst();
    }
}
