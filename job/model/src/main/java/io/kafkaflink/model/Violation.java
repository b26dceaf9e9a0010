package io.kafkaflink.model;

/**
 * One thing in a job configuration that cannot run.
 *
 * @param path the field, as in {@code transforms[1].filter.expression}
 * @param found what stands there
 * @param expected what could stand there
 * @param action what to do about it
 */
public record Violation(String path, String found, String expected, String action) {
    private static final int LONGEST_EXCERPT = 120;

    public Violation {
        found = found.length() <= LONGEST_EXCERPT ? found : found.substring(0, LONGEST_EXCERPT) + "…";
    }

    /** The whole as one line. */
    public String message() {
        return (path + ": found " + found + ", expected " + expected + "; " + action).replaceAll("\\s*\\R\\s*", " ");
    }
}
