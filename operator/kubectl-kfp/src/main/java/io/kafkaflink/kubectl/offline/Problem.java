package io.kafkaflink.kubectl.offline;

/**
 * Why a pipeline would be refused.
 *
 * @param by who would say it
 * @param message in the words in which it would be said
 */
public record Problem(By by, String message) {

    /** Who refuses. */
    public enum By {
        /** The API server, when the resource is applied: its schema and its rules. */
        DEFINITION,
        /** The operator, afterwards, as a reason of Stalled. */
        OPERATOR
    }

    static Problem invalid(String field, String value, String detail) {
        return new Problem(By.DEFINITION, field + ": Invalid value: " + value + ": " + detail);
    }

    static Problem said(String field, String detail) {
        return new Problem(By.DEFINITION, field + ": " + detail);
    }
}
