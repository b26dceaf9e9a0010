package io.kafkaflink.operator.status;

/**
 * Something worth an Event and a log line at INFO.
 *
 * @param reason the same word as in conditions and docs
 */
public record Note(Severity severity, String reason, String message) {

    /** Kubernetes knows these two. */
    public enum Severity {
        Normal,
        Warning
    }

    static Note normal(String reason, String message) {
        return new Note(Severity.Normal, reason, message);
    }

    static Note warning(String reason, String message) {
        return new Note(Severity.Warning, reason, message);
    }
}
