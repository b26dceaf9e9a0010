package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.DrainReport;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks with prepared outcomes, which count how often they are made. */
class FakeChecks implements Checks {
    ArmVerdict.Verdict verdict = ArmVerdict.Verdict.Fit;
    GoResult result = Orders.started(Orders.JOB);
    List<Finding> told = List.of();
    Optional<CheckpointFolder> checkpoints = Optional.empty();
    Optional<String> newer = Optional.empty();
    boolean folderAway;
    /** Whether the old job has read what it is to read. */
    boolean read;

    int looked;
    int armed;
    int gone;
    int resumed;

    @Override
    public ArmVerdict armed(ArmOrder order, String jobId) {
        armed++;
        List<Reason> reasons = verdict == ArmVerdict.Verdict.Fit ? List.of() : List.of(Reason.of("Some", "reason"));
        return new ArmVerdict(null, jobId, order.revision(), verdict, reasons, null, "2.2.1", "5.0.0-2.2", Orders.AT);
    }

    @Override
    public DrainWatch drain(ArmOrder order, String jobId) {
        return () -> {
            looked++;
            return read
                    ? Optional.of(new DrainReport(null, order.upgradeId(), jobId, 6, 2, Orders.AT))
                    : Optional.empty();
        };
    }

    @Override
    public Decision go(ArmOrder order, GoOrder go) {
        gone++;
        return new Decision(result, expectation(go, result));
    }

    @Override
    public List<Finding> told(String path, Collection<Acknowledgement> accepted) {
        resumed++;
        return told;
    }

    @Override
    public Optional<String> newerState(ArmOrder.Abandoned abandoned, String path) throws IOException {
        if (folderAway) {
            throw new IOException("s3://bucket/checkpoints: no answer");
        }
        return newer;
    }

    @Override
    public GoResult startedBefore(ArmOrder order, GoOrder go) {
        return Orders.started(go.jobId());
    }

    @Override
    public Expectation expectation(GoOrder go, GoResult answer) {
        return new Expectation(go.upgradeId(), answer.checkpointId(), "source-2", SavepointOffsets.sorted(Map.of()));
    }

    @Override
    public StartPlan plan(GoOrder go, GoResult answer) {
        return new StartPlan(
                Optional.ofNullable(go.savepoint()), !go.allowDropped().isEmpty(), Optional.empty());
    }

    @Override
    public Optional<CheckpointFolder> checkpoints(String jobId) {
        return checkpoints;
    }
}
