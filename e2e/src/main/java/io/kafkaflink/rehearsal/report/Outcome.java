package io.kafkaflink.rehearsal.report;

/** How a rehearsal ended, as exit codes of the program. */
public enum Outcome {
    /** Nothing lost, nothing duplicated, everything right, on a real API server. */
    CLEAN(0, "Nothing lost, nothing duplicated, everything right."),
    /** Something was lost, duplicated or wrong, or the flow did not get to its end. */
    FAULTY(1, "Not everything was right; see above."),
    /** The pipeline, the input or the options cannot be used. */
    BAD_INPUT(2, "The file or the options cannot be used."),
    /** All right so far, but on the in-memory API server, which is no proof. */
    NOT_REAL(3, "Everything right, but on the in-memory API server: no proof that a cluster behaves the same.");

    private final int code;
    private final String sentence;

    Outcome(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    public int code() {
        return code;
    }

    /** One line for the end of the report. */
    public String sentence() {
        return sentence;
    }
}
