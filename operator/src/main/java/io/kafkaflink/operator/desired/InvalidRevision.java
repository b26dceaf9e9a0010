package io.kafkaflink.operator.desired;

/** A ControllerRevision that does not hold a revision; the message names it, what was found and what was expected. */
public final class InvalidRevision extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRevision(String message) {
        super(message);
    }
}
