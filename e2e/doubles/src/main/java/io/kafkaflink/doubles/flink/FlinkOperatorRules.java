package io.kafkaflink.doubles.flink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The operator's decisions, from values to values; see the package for the picture. */
public final class FlinkOperatorRules {

    private final FlinkOperatorSettings settings;

    /** Rules with the given waits. */
    public FlinkOperatorRules(FlinkOperatorSettings settings) {
        this.settings = settings;
    }

    /**
     * One piece of work on one resource.
     *
     * @param snapshots the FlinkStateSnapshots of this FlinkDeployment
     * @throws io.kafkaflink.doubles.NotRecorded when nobody knows what the real operator would do
     */
    public Step step(
            FlinkDeployment resource, RuntimeFacts facts, List<StateSnapshot> snapshots, Memory memory, Instant now) {
        Memory.Phase phase = memory.phase();
        if (phase instanceof Memory.Stopping stopping) {
            return afterStop(stopping.at(), facts, snapshots, memory, now);
        }
        if (phase instanceof Memory.Removing removing) {
            return facts.jobManager() == RuntimeFacts.JobManagerPod.ABSENT
                    ? new JobStart(pass(removing.at(), facts, snapshots, memory, now)).removed(removing.after())
                    : waiting(memory);
        }
        Duration heldBack = memory.heldBack(now, settings);
        if (!heldBack.isZero()) {
            return new Step(List.of(), memory, Optional.of(heldBack));
        }
        boolean goesOn = memory.call().isPresent();
        Pass pass = pass(resource, facts, snapshots, goesOn ? memory : memory.counted(now, settings), now);
        return resource.deleting() ? delete(pass) : reconcile(pass);
    }

    private Step reconcile(Pass pass) {
        if (!pass.resource.hasFinalizer()) {
            pass.effect(new Effect.AddFinalizer());
        }
        switch (new ClusterObserver(pass).observe()) {
            case HANGS -> {
                return pass.idle(remainingCall(pass));
            }
            case POD_TROUBLE -> {
                return pass.end();
            }
            case CONTINUE -> {}
        }
        Optional<String> complaint = SpecValidation.complaint(pass.resource, pass.draft.last());
        if (complaint.isPresent()) {
            pass.draft.error = Optional.of(StatusError.validation(complaint.get()));
            pass.publish(true, "ValidationError", complaint.get(), "Operator");
            return pass.end(settings.reconcileInterval());
        }
        if (!pass.draft.neverDeployed() && !pass.draft.upgrading()) {
            pass.write();
        }
        return new SpecReconciler(pass).reconcile();
    }

    private Duration remainingCall(Pass pass) {
        Instant until = pass.memory.call().orElseThrow().since().plus(settings.restTimeout());
        return Duration.between(pass.now, until);
    }

    private Step delete(Pass pass) {
        if (!pass.resource.hasFinalizer()) {
            return waiting(pass.memory);
        }
        StatusDraft draft = pass.draft;
        pass.publish(false, "Cleanup", "Cleaning up FlinkDeployment", "Operator");
        boolean deployed = !draft.neverDeployed()
                && draft.lastSpec().state() == DesiredState.RUNNING
                && pass.facts.jobManager() != RuntimeFacts.JobManagerPod.ABSENT;
        FlinkSpec spec = pass.resource.spec();
        if (deployed && !draft.terminal() && spec.flag("kubernetes.operator.job.savepoint-on-deletion", false)) {
            if (!draft.running() && new ClusterObserver(pass).observe() == ClusterObserver.Outcome.HANGS) {
                return pass.idle(remainingCall(pass));
            }
            if (!draft.running()) {
                // It tries again for as long as the job does not run: a savepoint was asked for.
                return pass.end(settings.reconcileInterval());
            }
            String directory = SpecValidation.savepointDirectory(spec).orElseThrow();
            pass.effect(new Effect.Stop(draft.jobId().orElseThrow(), directory));
            return pass.await(new Memory.Stopping(pass.here()));
        }
        return remove(pass);
    }

    private static Step remove(Pass pass) {
        if (pass.facts.jobManager() == RuntimeFacts.JobManagerPod.ABSENT) {
            return new JobStart(pass).removed(Memory.After.DELETION);
        }
        pass.effect(new Effect.Remove(false));
        return pass.await(new Memory.Removing(pass.here(), Memory.After.DELETION));
    }

    private Step afterStop(
            FlinkDeployment at, RuntimeFacts facts, List<StateSnapshot> snapshots, Memory memory, Instant now) {
        if (facts.stop().isEmpty()) {
            return waiting(memory);
        }
        Pass pass = pass(at, facts, snapshots, memory, now);
        RuntimeFacts.StopOutcome outcome = facts.stop().get();
        if (at.deleting() && outcome instanceof RuntimeFacts.Stopped stopped) {
            pass.effect(new Effect.CreateSnapshot(
                    StateSnapshot.upgrade(at.key(), stopped.savepoint(), now.toEpochMilli())));
            return remove(pass);
        }
        return new JobUpgrade(pass).stopped(outcome);
    }

    private Pass pass(
            FlinkDeployment resource, RuntimeFacts facts, List<StateSnapshot> snapshots, Memory memory, Instant now) {
        return new Pass(resource, facts, snapshots, memory, now, settings);
    }

    private static Step waiting(Memory memory) {
        return new Step(List.of(), memory, Optional.empty());
    }
}
