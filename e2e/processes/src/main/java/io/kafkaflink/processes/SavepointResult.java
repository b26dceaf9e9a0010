package io.kafkaflink.processes;

/** How far a savepoint is that was asked for. */
public sealed interface SavepointResult {
    /** Not done yet. */
    record InProgress() implements SavepointResult {}

    /** @param location URI of its folder */
    record Completed(String location) implements SavepointResult {}

    /** @param cause stack trace of the failure */
    record Failed(String cause) implements SavepointResult {}
}
