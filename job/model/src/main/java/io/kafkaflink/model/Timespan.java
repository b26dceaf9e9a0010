package io.kafkaflink.model;

import java.time.Duration;
import java.util.regex.Matcher;

/** Durations as users of Strimzi and Flink write them: {@code 500ms}, {@code 5s}, {@code 15m}, {@code 2h}, {@code 7d}. */
public final class Timespan {
    public static final String PATTERN = "^[0-9]{1,9}(ms|s|m|h|d)$";

    /** The longest text: nine digits and a unit; the API server needs a bound to judge the cost of CEL rules. */
    public static final long MAX_LENGTH = 11;

    private static final java.util.regex.Pattern PARTS = java.util.regex.Pattern.compile("^([0-9]{1,9})(ms|s|m|h|d)$");

    private Timespan() {}

    /**
     * Parses a time span.
     *
     * @throws IllegalArgumentException when the text has another shape; the message names it
     */
    public static Duration parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a time span; expected a whole number and a unit, as in 500ms, 5s, 15m, 2h, 7d");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
