package io.kafkaflink.rehearsal.traffic;

/** The rehearsal's own producer or consumer failed, so that nothing can be said about the pipeline. */
public final class TrafficException extends RuntimeException {
    TrafficException(String message, Throwable cause) {
        super(message, cause);
    }
}
