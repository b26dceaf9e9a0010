package io.kafkaflink.operator.plan;

/** What a change of the running job is. */
public enum ChangeKind {
    /** The job is started for the first time. */
    FirstStart,
    /** Any restart-class change with unchanged partitions. */
    Configuration,
    /** The source topics have more partitions. */
    Growth,
    /** The job is stopped with savepoint and stays so. */
    Suspend,
    /** The job is started from the savepoint it was suspended with. */
    Resume,
    /** A job that does not run gets a new revision from its last completed checkpoint. */
    Repair,
    /** The FlinkDeployment is gone and is made again from its last savepoint. */
    Recreate
}
