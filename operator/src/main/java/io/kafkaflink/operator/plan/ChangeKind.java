package io.kafkaflink.operator.plan;

/** What a change of a pipeline is. */
public enum ChangeKind {
    /** Nothing that matters differs. */
    None,
    /** Takes effect without the job. */
    Live,
    /** The job is started for the first time. */
    FirstStart,
    /** Any restart-class change with unchanged uids. */
    Configuration,
    /** The source topics have more partitions. */
    Growth,
    /** The source reads other topics. */
    Subscription,
    /** Another Flink version with the same connector. */
    FlinkVersion,
    /** Another connector with the same Flink version. */
    ConnectorVersion,
    /** New uids of source and sinks, because somebody asked for them. */
    UidChange,
    /** Another Flink version and another connector. */
    Combined,
    /** The job is stopped with savepoint and stays so. */
    Suspend,
    /** The job is started from the savepoint it was suspended with. */
    Resume,
    /** A job that does not run gets a new revision from its last completed checkpoint. */
    Repair,
    /** The FlinkDeployment is gone and is made again from its last savepoint. */
    Recreate,
    /** On request: back to the revision and the savepoint before the last upgrade. */
    Rollback
}
