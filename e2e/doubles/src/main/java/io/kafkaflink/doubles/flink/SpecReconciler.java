package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import java.util.Optional;

/** Last part of a pass: the cluster follows the spec. */
final class SpecReconciler {

    private final Pass pass;
    private final StatusDraft draft;
    private final FlinkSpec spec;

    SpecReconciler(Pass pass) {
        this.pass = pass;
        this.draft = pass.draft;
        this.spec = pass.resource.spec();
    }

    Step reconcile() {
        if (draft.neverDeployed()) {
            return spec.state() == DesiredState.SUSPENDED ? pass.end() : deployFirst();
        }
        SpecDiff diff = SpecDiff.between(draft.lastSpec(), spec);
        boolean suspended = draft.lastSpec().state() == DesiredState.SUSPENDED;
        if (diff.strongest() == DiffClass.IGNORE && !draft.upgrading()) {
            if (!suspended) {
                draft.observe(pass.resource.generation());
            }
            return pass.end();
        }
        announce(diff);
        if (diff.strongest() == DiffClass.SAVEPOINT_REDEPLOY) {
            return redeploy(suspended);
        }
        return suspended ? resume() : new JobUpgrade(pass).begin();
    }

    private Step deployFirst() {
        Optional<String> path = spec.initialSavepointPath();
        UpgradeMode mode = path.isPresent() ? UpgradeMode.SAVEPOINT : UpgradeMode.STATELESS;
        draft.recordUpgrading(pass.resource, mode, pass.now);
        draft.savepointPath(path);
        pass.write();
        return new JobStart(pass).start(mode, path);
    }

    /** Cancels without a savepoint, whatever the job does, and starts from initialSavepointPath. */
    private Step redeploy(boolean suspended) {
        if (suspended && spec.state() == DesiredState.SUSPENDED) {
            throw new NotRecorded("a new savepointRedeployNonce on " + pass.resource.key()
                    + " that is suspended and stays suspended");
        }
        return remove(Memory.After.REDEPLOY, false);
    }

    /** Edits of a suspended resource are not even observed, unless they start the job. */
    private Step resume() {
        if (spec.state() == DesiredState.SUSPENDED) {
            if (draft.upgrading()) {
                throw new NotRecorded(
                        "state: suspended on " + pass.resource.key() + " between the stop and the start of an upgrade");
            }
            return pass.end();
        }
        UpgradeMode mode = spec.upgradeMode() == UpgradeMode.STATELESS
                ? UpgradeMode.STATELESS
                : draft.lastSpec().upgradeMode();
        draft.recordUpgrading(pass.resource, mode, pass.now);
        pass.write();
        return remove(Memory.After.RESTORE, mode == UpgradeMode.LAST_STATE);
    }

    private Step remove(Memory.After after, boolean keepHaMetadata) {
        if (pass.facts.jobManager() == RuntimeFacts.JobManagerPod.ABSENT) {
            return new JobStart(pass).removed(after);
        }
        pass.effect(new Effect.Remove(keepHaMetadata));
        return pass.await(new Memory.Removing(pass.here(), after));
    }

    private void announce(SpecDiff diff) {
        boolean news =
                pass.memory.announced().isEmpty() || pass.memory.announced().getAsLong() != pass.resource.generation();
        if (news && diff.strongest() != DiffClass.IGNORE) {
            pass.publish(false, "SpecChanged", diff.message(), "JobManagerDeployment");
            pass.memory = pass.memory.announced(pass.resource.generation());
        }
    }
}
