package io.kafkaflink.processes;

/**
 * An entry of {@code GET /jobs/ID/exceptions}, newest first there.
 *
 * @param exceptionName class of the outermost exception
 * @param stacktrace the whole trace with its causes
 * @param timestamp milliseconds since 1970
 * @param taskName the task that failed; null for a failure of the whole job
 */
public record JobFailure(String exceptionName, String stacktrace, long timestamp, String taskName) {
    private static final String CAUSED_BY = "Caused by: ";

    /** The innermost cause: class and message, without the trace. */
    public String rootCause() {
        return stacktrace
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(CAUSED_BY))
                .map(line -> line.substring(CAUSED_BY.length()))
                .reduce((outer, inner) -> inner)
                .orElseGet(() -> stacktrace.lines().findFirst().orElse(exceptionName));
    }
}
