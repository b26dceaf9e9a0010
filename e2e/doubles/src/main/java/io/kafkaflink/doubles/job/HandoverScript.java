package io.kafkaflink.doubles.job;

import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What a simulated job finds where the real one would ask Kafka and Flink.
 *
 * @param verdict of the checks while the old job runs; empty means by the state, Fit or Dropping
 * @param reasons that go with it
 * @param refusal why it does not start after the go
 * @param mismatch what is wrong with its first checkpoint
 */
public record HandoverScript(
        Optional<Verdict> verdict, List<Reason> reasons, Optional<Reason> refusal, Optional<Reason> mismatch) {

    /** All is well. */
    public static final HandoverScript FINE =
            new HandoverScript(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public HandoverScript {
        reasons = List.copyOf(reasons);
    }

    /** The checks come to this verdict. */
    public static HandoverScript found(Verdict verdict, Reason... reasons) {
        return new HandoverScript(Optional.of(verdict), List.of(reasons), Optional.empty(), Optional.empty());
    }

    /** The go is refused. */
    public static HandoverScript refuses(Reason reason) {
        return new HandoverScript(Optional.empty(), List.of(), Optional.of(reason), Optional.empty());
    }

    /** The first checkpoint is not what was expected. */
    public static HandoverScript failsVerification(Reason reason) {
        return new HandoverScript(Optional.empty(), List.of(), Optional.empty(), Optional.of(reason));
    }
}
