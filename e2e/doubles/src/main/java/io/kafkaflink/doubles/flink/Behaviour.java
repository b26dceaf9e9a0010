package io.kafkaflink.doubles.flink;

import java.util.Optional;

/**
 * How a simulated job behaves once its JobManager is up.
 *
 * @param mountsSlowly the pod's first mount attempt fails, which heals by itself
 * @param tasksStartSlowly tasks need twice as long to run
 * @param mainFailure message of an exception in main()
 * @param armed main() waits for {@link SimulatedFlink#go} before it submits the job
 * @param crashLoop an operator throws as soon as tasks run, for ever
 */
public record Behaviour(
        boolean mountsSlowly,
        boolean tasksStartSlowly,
        Optional<String> mainFailure,
        boolean armed,
        boolean crashLoop) {

    /** Runs. */
    public static Behaviour healthy() {
        return new Behaviour(false, false, Optional.empty(), false, false);
    }

    /** Runs, after an ERROR that means nothing. */
    public static Behaviour slowMount() {
        return new Behaviour(true, false, Optional.empty(), false, false);
    }

    /** Runs, but is seen as CREATED first. */
    public static Behaviour slowTasks() {
        return new Behaviour(false, true, Optional.empty(), false, false);
    }

    /** Throws in main(). */
    public static Behaviour throwsInMain(String message) {
        return new Behaviour(false, false, Optional.of(message), false, false);
    }

    /** Waits armed, with TaskManagers that are up already. */
    public static Behaviour waitsArmed() {
        return new Behaviour(false, false, Optional.empty(), true, false);
    }

    /** Restarts for ever. */
    public static Behaviour crashLoops() {
        return new Behaviour(false, false, Optional.empty(), false, true);
    }
}
