package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import java.util.Optional;

/** How a deployed job is suspended for a changed spec, or that it is not yet. */
final class JobUpgrade {

    private static final String FALLBACK = "kubernetes.operator.job.upgrade.last-state-fallback.enabled";

    private final Pass pass;
    private final StatusDraft draft;
    private final FlinkSpec spec;

    JobUpgrade(Pass pass) {
        this.pass = pass;
        this.draft = pass.draft;
        this.spec = pass.resource.spec();
    }

    Step begin() {
        if (draft.jobState().filter(state -> state == FlinkJobState.CANCELLING).isPresent()) {
            return pass.end(pass.settings.progressCheck());
        }
        if (draft.upgrading()) {
            return cancelled();
        }
        if (spec.upgradeMode() == UpgradeMode.STATELESS) {
            return remove(Memory.After.STATELESS, false);
        }
        if (draft.terminal() && !pass.facts.haMetadata()) {
            return afterTheEnd();
        }
        if (spec.upgradeMode() == UpgradeMode.SAVEPOINT && draft.running()) {
            return stop();
        }
        boolean sameVersion = draft.lastSpec().flinkVersion().equals(spec.flinkVersion());
        if (spec.upgradeMode() == UpgradeMode.SAVEPOINT && sameVersion && !spec.flag(FALLBACK, true)) {
            return pass.end();
        }
        boolean ha = spec.highAvailability() && draft.lastSpec().highAvailability();
        if (ha && sameVersion && pass.facts.haMetadata()) {
            return remove(Memory.After.LAST_STATE, true);
        }
        return cancel();
    }

    private Step stop() {
        suspendEvent();
        String directory = SpecValidation.savepointDirectory(spec).orElseThrow();
        pass.effect(new Effect.Stop(draft.jobId().orElseThrow(), directory));
        return pass.await(new Memory.Stopping(pass.here()));
    }

    /** The job has ended by itself: its newest checkpoint or its old savepoint is what there is. */
    private Step afterTheEnd() {
        suspendEvent();
        if (spec.state() == DesiredState.RUNNING) {
            draft.recordUpgrading(pass.resource, UpgradeMode.SAVEPOINT, pass.now);
        } else {
            draft.recordDone(pass.resource, DesiredState.SUSPENDED, UpgradeMode.SAVEPOINT, pass.now);
            draft.markStable();
        }
        return pass.end();
    }

    /** Without HA metadata, or across Flink versions: cancel, then restore from the newest checkpoint. */
    private Step cancel() {
        if (!(pass.facts.rest() instanceof RuntimeFacts.Job)) {
            throw new NotRecorded("an upgrade of " + pass.resource.key() + " in mode "
                    + spec.upgradeMode().text()
                    + " while its job is not known to a JobManager and there is no HA metadata");
        }
        if (spec.state() == DesiredState.SUSPENDED) {
            throw new NotRecorded("a suspend of " + pass.resource.key() + " by cancellation");
        }
        suspendEvent();
        draft.cancelling();
        pass.effect(new Effect.Cancel(draft.jobId().orElseThrow()));
        return pass.end(pass.settings.progressCheck());
    }

    private Step cancelled() {
        draft.recordUpgrading(pass.resource, UpgradeMode.SAVEPOINT, pass.now);
        pass.write();
        return remove(Memory.After.RESTORE, false);
    }

    private Step remove(Memory.After after, boolean keepHaMetadata) {
        if (after != Memory.After.RESTORE) {
            suspendEvent();
        }
        pass.effect(new Effect.Remove(keepHaMetadata));
        return pass.await(new Memory.Removing(pass.here(), after));
    }

    private void suspendEvent() {
        pass.publish(false, "Suspended", "Suspending existing deployment.", "JobManagerDeployment");
    }

    /** The piece after the stop with savepoint. */
    Step stopped(RuntimeFacts.StopOutcome outcome) {
        if (outcome instanceof RuntimeFacts.Stopped stopped) {
            String path = stopped.savepoint();
            pass.effect(new Effect.CreateSnapshot(
                    StateSnapshot.upgrade(pass.resource.key(), path, pass.now.toEpochMilli())));
            draft.savepointPath(Optional.of(path));
            draft.jobState(FlinkJobState.FINISHED);
            draft.noTaskManagers();
            if (spec.state() == DesiredState.RUNNING) {
                draft.recordUpgrading(pass.resource, UpgradeMode.SAVEPOINT, pass.now);
            } else {
                draft.recordDone(pass.resource, DesiredState.SUSPENDED, UpgradeMode.SAVEPOINT, pass.now);
                draft.markStable();
            }
            return pass.end();
        }
        String cause = ((RuntimeFacts.NotStopped) outcome).message();
        draft.error = Optional.of(StatusError.savepoint(cause));
        pass.publish(true, "SavepointError", "Savepoint Error -> " + cause, "JobManagerDeployment");
        return pass.end();
    }
}
