package io.kafkaflink.processes;

/** Flink's REST endpoint refused a request, or could not be reached. */
public final class FlinkRestException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int NO_ANSWER = 0;

    private final int status;

    private FlinkRestException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    static FlinkRestException refused(String request, int status, String body) {
        return new FlinkRestException(request + " was answered with HTTP " + status + ": " + body, status, null);
    }

    static FlinkRestException unreachable(String request, Throwable cause) {
        return new FlinkRestException(request + " got no answer: " + cause, NO_ANSWER, cause);
    }

    /** HTTP status code; 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** The job, vertex or trigger is unknown to this JobManager. */
    public boolean isNotFound() {
        return status == 404;
    }

    /** Nobody listens, or the connection broke: the JobManager is away or starting. */
    public boolean isUnreachable() {
        return status == NO_ANSWER;
    }
}
