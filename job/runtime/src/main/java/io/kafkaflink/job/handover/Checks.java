package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The checks of one job, each at its moment. */
interface Checks {

    /** Before the old job stops; {@code armed} belongs to the given job. */
    ArmVerdict armed(ArmOrder order, String jobId);

    /** While it waits, when the order asks to drain; {@code jobId} is of the job that waits. */
    DrainWatch drain(ArmOrder order, String jobId);

    /** When the old job has stopped. The consumer group is repaired on the way. */
    Decision go(ArmOrder order, GoOrder go);

    /** Before a start that the Flink operator decided on; a state that cannot be read is left to Flink. */
    List<Finding> told(String path, Collection<Acknowledgement> accepted);

    /**
     * The newest complete checkpoint or savepoint that a deleted job has written after it started.
     *
     * @param path what this job starts from
     * @throws IOException when its folders cannot be listed
     */
    Optional<String> newerState(ArmOrder.Abandoned abandoned, String path) throws IOException;

    /** The result of a go that was decided before but is not kept any more; nothing is checked. */
    GoResult startedBefore(ArmOrder order, GoOrder go);

    /** What a first own checkpoint must hold, when {@link #go} was decided by a former JobManager. */
    Expectation expectation(GoOrder go, GoResult result);

    /** How to start after a go whose result is {@code Started}. */
    StartPlan plan(GoOrder go, GoResult result);

    /** The folder of the job's own checkpoints; empty where none are written to files. */
    Optional<CheckpointFolder> checkpoints(String jobId);

    /**
     * What a go comes to.
     *
     * @param result for the operator
     * @param expectation of the first own checkpoint
     */
    record Decision(GoResult result, Expectation expectation) {}
}
