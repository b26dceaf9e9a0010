package io.kafkaflink.operator.plan;

import java.util.List;
import java.util.Optional;

/** What a step of a handover comes to. */
sealed interface StepOutcome {

    /** These writes are still to be made; the first FlinkDeployment among them is the last of its pass. */
    record Write(List<Action> actions, String waitingFor) implements StepOutcome {
        public Write {
            actions = List.copyOf(actions);
        }

        static Write one(Action action) {
            return new Write(List.of(action), action.why());
        }
    }

    /**
     * All is written, and something has to happen first.
     *
     * @param refusal what is in the way, when it should not be
     */
    record Wait(String waitingFor, Optional<Refusal> refusal) implements StepOutcome {
        static Wait quiet(String waitingFor) {
            return new Wait(waitingFor, Optional.empty());
        }

        static Wait blocked(Refusal refusal) {
            return new Wait(refusal.message(), Optional.of(refusal));
        }
    }

    /**
     * The gate is passed.
     *
     * @param jobId of the new job, where the next step is about this very job; else null
     * @param savepoint that the new job is to start from; else null
     */
    record Advance(UpgradeStep next, String jobId, String savepoint) implements StepOutcome {
        static Advance to(UpgradeStep next) {
            return new Advance(next, null, null);
        }
    }

    /**
     * The change is taken back.
     *
     * @param by ABORT while the old job runs, else ROLLBACK
     */
    record TakeBack(UpgradeStep by, Cause cause) implements StepOutcome {}

    /** The new job has made progress that was only seen afterwards: the same revision is started again from there. */
    record GoOnFrom(String state) implements StepOutcome {}

    /** The change is over. */
    record Finish(String result) implements StepOutcome {}
}
