package io.kafkaflink.rehearsal.input;

/** A file given by the user cannot be used; the message says which, why, and what was expected. */
public final class BadInputException extends RuntimeException {
    public BadInputException(String message) {
        super(message);
    }
}
