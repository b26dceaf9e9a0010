package io.kafkaflink.doubles.flink;

/** What a change of the spec does, weakest first. */
enum DiffClass {
    /** Live or without effect: recorded as observed at once, no restart. */
    IGNORE,
    /** Stop, keeping state as upgradeMode says, and start again. */
    UPGRADE,
    /** Cancel without a savepoint and start from initialSavepointPath. */
    SAVEPOINT_REDEPLOY
}
