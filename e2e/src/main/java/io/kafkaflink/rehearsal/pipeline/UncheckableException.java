package io.kafkaflink.rehearsal.pipeline;

/** The pipeline may be fine, but the rehearsal cannot tell what to expect of it; the message says which part and why. */
public final class UncheckableException extends RuntimeException {
    public UncheckableException(String message) {
        super(message);
    }
}
