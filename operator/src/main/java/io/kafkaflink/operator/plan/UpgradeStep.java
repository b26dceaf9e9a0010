package io.kafkaflink.operator.plan;

/** The steps of a change, in order. The numbers are the same in status, Events, metrics and docs. */
public enum UpgradeStep {
    /** 1: the revision is stored and the FlinkDeployment is written. */
    APPLY(1, "Apply"),
    /** 2: FKO stops the job with a savepoint. */
    STOP(2, "Stop"),
    /** 3: the job starts from the savepoint. */
    START(3, "Start"),
    /** Repair only: the FlinkDeployment is deleted, so that it can be made anew. */
    DELETE(4, "Delete");

    private final int number;
    private final String text;

    UpgradeStep(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    /** As written to status. */
    public String text() {
        return text;
    }
}
