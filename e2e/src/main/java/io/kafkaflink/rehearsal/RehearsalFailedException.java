package io.kafkaflink.rehearsal;

/** The rehearsal did not get to its end; the message says where it stopped and what was seen. */
public final class RehearsalFailedException extends RuntimeException {
    public RehearsalFailedException(String message) {
        super(message);
    }
}
