package io.kafkaflink.job.handover;

/** The answer to a question about the world outside. */
sealed interface Fact<T> {

    record Known<T>(T value) implements Fact<T> {}

    /** What was asked for does not exist. */
    record Absent<T>() implements Fact<T> {}

    /** We may not ask. */
    record Denied<T>(String message) implements Fact<T> {}

    /** No answer in time, or one that we do not understand. */
    record Unavailable<T>(String message) implements Fact<T> {}
}
