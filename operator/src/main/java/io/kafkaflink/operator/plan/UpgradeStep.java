package io.kafkaflink.operator.plan;

import java.util.Arrays;
import java.util.Optional;

/** The steps of a change, in order. Numbers and words are the same in status, Events, metrics and docs. */
public enum UpgradeStep {
    /** The new job comes up beside the old one, checks itself and waits. */
    ARM("1", "Arm"),
    /** Before topics grow in order: producers learn of the new partitions, and the old job reads what is in the old ones. */
    DRAIN("1b", "Drain"),
    /** The old job stops with a savepoint. */
    STOP("2", "Stop"),
    /** The new job is told to take over, checks the savepoint and starts from it. */
    GO("3", "Go"),
    /** The new job completes its first checkpoint and reads it. */
    VERIFY("4", "Verify"),
    /** The old FlinkDeployment goes. */
    SETTLE("5", "Settle"),
    /** The new FlinkDeployment goes before the old job has stopped. */
    ABORT("R1", "Abort"),
    /** The new FlinkDeployment goes before its first checkpoint, and the old job is resumed. */
    ROLLBACK("R2", "Rollback"),
    /** In place: the FlinkDeployment is written. */
    APPLY("P1", "Apply"),
    /** In place: the job starts from what it left. */
    START("P2", "Start"),
    /** In place: the FlinkDeployment is deleted, so that it can be made anew. */
    DELETE("P3", "Delete");

    /** Steps of a handover that ends well. */
    public static final int LAST = 5;

    private final String number;
    private final String text;

    UpgradeStep(String number, String text) {
        this.number = number;
        this.text = text;
    }

    /** As in {@code 2}, {@code 1b}, {@code R1} or {@code P3}. */
    public String number() {
        return number;
    }

    /** As written to status. */
    public String text() {
        return text;
    }

    /** For people, as in {@code step 2 of 5 Stop} or {@code step R1 Abort}. */
    public String phrase() {
        return "step " + number + (compareTo(SETTLE) <= 0 ? " of " + LAST : "") + " " + text;
    }

    /** The step that a status names; empty when another version of the operator wrote it. */
    public static Optional<UpgradeStep> of(String text) {
        return Arrays.stream(values()).filter(step -> step.text.equals(text)).findFirst();
    }
}
