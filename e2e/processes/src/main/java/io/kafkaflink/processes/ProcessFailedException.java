package io.kafkaflink.processes;

/** A child process did not start, did not become ready in time, or ended when it should not have. */
public final class ProcessFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessFailedException(String message) {
        super(message);
    }

    public ProcessFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
