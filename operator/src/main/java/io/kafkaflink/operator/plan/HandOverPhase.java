package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.observe.FlinkJobState;
import java.util.Optional;

/** What the job does while its successor is made ready. */
final class HandOverPhase {
    private HandOverPhase() {}

    static JobPhase of(HandOver handOver, String words, Optional<Refusal> refusal) {
        return switch (UpgradeStep.of(handOver.change().step()).orElseThrow()) {
            case ARM, DRAIN, ABORT, ROLLBACK -> old(handOver, words, refusal);
            case STOP -> stopping(handOver, words);
            case SETTLE -> JobPhase.running(words);
            case GO, VERIFY -> starting(handOver, words, refusal);
            case APPLY, START, DELETE -> JobPhase.starting(words);
        };
    }

    private static JobPhase old(HandOver handOver, String words, Optional<Refusal> refusal) {
        return handOver.oldJob()
                .map(job -> new JobReading(job, handOver.situation()).phase())
                .orElseGet(() -> starting(handOver, words, refusal));
    }

    private static JobPhase stopping(HandOver handOver, String words) {
        boolean runs = handOver.oldJob()
                .filter(job -> job.running() && !job.suspended())
                .isPresent();
        return runs ? JobPhase.stopping(Reasons.JOB_STOPPING, words) : JobPhase.starting(words);
    }

    private static JobPhase starting(HandOver handOver, String words, Optional<Refusal> refusal) {
        if (handOver.newJob().filter(FlinkJobState::healthy).isPresent()) {
            return new JobReading(handOver.newJob().get(), handOver.situation()).phase();
        }
        return refusal.filter(found -> Reasons.TROUBLE.contains(found.reason()))
                .map(found -> JobPhase.broken(found.reason(), found.message()))
                .orElseGet(() -> JobPhase.starting(words));
    }
}
