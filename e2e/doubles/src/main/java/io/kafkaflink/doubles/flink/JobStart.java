package io.kafkaflink.doubles.flink;

import java.util.Optional;

/** What follows once the old cluster is gone: a start, or a suspended resource without a JobManager. */
final class JobStart {

    static final String LAST_STATE_PATH = "KUBERNETES_OPERATOR_LAST_STATE";

    private final Pass pass;
    private final StatusDraft draft;
    private final FlinkSpec spec;

    JobStart(Pass pass) {
        this.pass = pass;
        this.draft = pass.draft;
        this.spec = pass.resource.spec();
    }

    Step removed(Memory.After after) {
        return switch (after) {
            case RESTORE -> restore();
            case REDEPLOY -> redeploy();
            case LAST_STATE -> suspend(UpgradeMode.LAST_STATE);
            case STATELESS -> suspend(UpgradeMode.STATELESS);
            case DELETION -> {
                pass.effect(new Effect.RemoveFinalizer());
                yield pass.await(new Memory.Idle());
            }
        };
    }

    /** Starts a cluster in this piece; the JobManager of the old one is gone. */
    Step start(UpgradeMode mode, Optional<String> savepoint) {
        boolean lastState = mode == UpgradeMode.LAST_STATE;
        if (!lastState) {
            draft.jobId(pass.newJobId());
            pass.write();
        }
        pass.publish(false, "Submit", "Starting deployment", "JobManagerDeployment");
        pass.effect(new Effect.Deploy(new Effect.Start(
                spec,
                pass.resource.generation(),
                draft.jobId().orElseThrow(),
                lastState ? Optional.empty() : savepoint,
                lastState)));
        draft.jobState(FlinkJobState.RECONCILING);
        draft.jobManager = JobManagerStatus.DEPLOYING;
        draft.savepointPath(lastState ? Optional.of(LAST_STATE_PATH) : savepoint);
        draft.recordDone(pass.resource, DesiredState.RUNNING, mode, pass.now);
        return pass.end();
    }

    private Step restore() {
        draft.jobManager = JobManagerStatus.MISSING;
        pass.write();
        UpgradeMode mode = draft.lastSpec().upgradeMode();
        return start(mode, mode == UpgradeMode.STATELESS ? Optional.empty() : draft.savepointPath());
    }

    private Step redeploy() {
        draft.jobManager = JobManagerStatus.MISSING;
        draft.jobState(FlinkJobState.FINISHED);
        draft.noTaskManagers();
        draft.savepointPath(spec.initialSavepointPath());
        if (spec.state() == DesiredState.SUSPENDED) {
            draft.recordDone(pass.resource, DesiredState.SUSPENDED, UpgradeMode.SAVEPOINT, pass.now);
            draft.markStable();
            return pass.end();
        }
        draft.jobId(pass.newJobId());
        pass.write();
        pass.publish(false, "Submit", "Starting deployment", "JobManagerDeployment");
        pass.effect(new Effect.Deploy(new Effect.Start(
                spec, pass.resource.generation(), draft.jobId().orElseThrow(), spec.initialSavepointPath(), false)));
        draft.jobState(FlinkJobState.RECONCILING);
        draft.jobManager = JobManagerStatus.DEPLOYING;
        draft.recordDone(pass.resource, DesiredState.RUNNING, UpgradeMode.SAVEPOINT, pass.now);
        draft.markStable();
        return pass.end();
    }

    private Step suspend(UpgradeMode mode) {
        draft.jobManager = JobManagerStatus.MISSING;
        draft.jobState(FlinkJobState.FINISHED);
        draft.noTaskManagers();
        if (spec.state() == DesiredState.RUNNING) {
            draft.recordUpgrading(pass.resource, mode, pass.now);
        } else {
            draft.recordDone(pass.resource, DesiredState.SUSPENDED, mode, pass.now);
            draft.markStable();
        }
        return pass.end();
    }
}
