package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.flink.RuntimeFacts.PodTrouble;
import io.kafkaflink.doubles.job.HandoverScript;
import java.util.Optional;

/**
 * How a simulated cluster and its job behave. Whatever it is, the job follows the handover ConfigMap where there is one.
 *
 * @param mountsSlowly the pod's first mount attempt fails, which heals by itself
 * @param heldUp the JobManager's pod does not come up until {@link SimulatedFlink#letUp}
 * @param mainFailure message of an exception in main()
 * @param armed main() waits for {@link SimulatedFlink#go} before it submits the job, whatever any ConfigMap says
 * @param handover what it finds in its checks
 * @param tasksStartSlowly tasks need twice as long to run
 * @param crashLoop an operator throws as soon as tasks run, for ever
 * @param checkpoints tasks complete checkpoints
 */
public record Behaviour(
        boolean mountsSlowly,
        Optional<PodTrouble> heldUp,
        Optional<String> mainFailure,
        boolean armed,
        HandoverScript handover,
        boolean tasksStartSlowly,
        boolean crashLoop,
        boolean checkpoints) {

    private static final Behaviour HEALTHY =
            new Behaviour(false, Optional.empty(), Optional.empty(), false, HandoverScript.FINE, false, false, true);

    /** Runs. */
    public static Behaviour healthy() {
        return HEALTHY;
    }

    /** Runs, after an ERROR that means nothing. */
    public static Behaviour slowMount() {
        return new Behaviour(true, HEALTHY.heldUp, HEALTHY.mainFailure, false, HandoverScript.FINE, false, false, true);
    }

    /** Runs, but is seen as CREATED first. */
    public static Behaviour slowTasks() {
        return HEALTHY.afterMain(true, false, true);
    }

    /** Throws in main(), before it has looked at anything. */
    public static Behaviour throwsInMain(String message) {
        return HEALTHY.inMain(Optional.of(message), false, HandoverScript.FINE);
    }

    /** Waits armed, with TaskManagers that are up already. */
    public static Behaviour waitsArmed() {
        return HEALTHY.inMain(Optional.empty(), true, HandoverScript.FINE);
    }

    /** Restarts for ever once its tasks run: at once without a handover, after the go with one. */
    public static Behaviour crashLoops() {
        return HEALTHY.thenCrashes();
    }

    /** Runs and never completes a checkpoint or savepoint. */
    public static Behaviour withoutCheckpoints() {
        return HEALTHY.afterMain(false, false, false);
    }

    /** Runs as far as its checks in a handover allow. */
    public static Behaviour checks(HandoverScript script) {
        return HEALTHY.inMain(Optional.empty(), false, script);
    }

    /**
     * No pod comes up: {@code FailedCreate} for a quota or a missing ServiceAccount (the Deployment's condition
     * ReplicaFailure, without any pod), {@code FailedMount} for a missing Secret, {@code ImagePullBackOff} and so on.
     */
    public static Behaviour heldUp(String reason, String message) {
        Optional<PodTrouble> trouble = Optional.of(new PodTrouble(reason, message));
        return new Behaviour(false, trouble, HEALTHY.mainFailure, false, HandoverScript.FINE, false, false, true);
    }

    /** The same until its tasks run, then restarts for ever. */
    public Behaviour thenCrashes() {
        return afterMain(tasksStartSlowly, true, checkpoints);
    }

    /** What main() is to read is not there. */
    static Behaviour notConfigured() {
        return heldUp(
                "FailedMount", "MountVolume.SetUp failed for volume \"config\" : configmap of the revision not found");
    }

    private Behaviour inMain(Optional<String> failure, boolean waits, HandoverScript script) {
        return new Behaviour(mountsSlowly, heldUp, failure, waits, script, tasksStartSlowly, crashLoop, checkpoints);
    }

    private Behaviour afterMain(boolean slow, boolean crashes, boolean completes) {
        return new Behaviour(mountsSlowly, heldUp, mainFailure, armed, handover, slow, crashes, completes);
    }
}
