package io.kafkaflink.operator.plan;

/** How a change ended, as {@code status.lastUpgrade.result} says it. */
public enum UpgradeResult {
    /** It reached the revision, or the stop, that it was for. */
    Succeeded,
    /** Another change took its place, or it was taken back. */
    Superseded,
    /** Its new job was taken away before the old one had stopped. */
    Aborted,
    /** Its new job was taken away, and the old one was resumed. */
    RolledBack,
    /** Only new uids help, with which it is tried next. */
    NewUidsNeeded
}
