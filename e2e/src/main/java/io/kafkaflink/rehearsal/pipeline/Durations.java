package io.kafkaflink.rehearsal.pipeline;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans of the custom resource: a whole number and ms, s, m, h or d. */
public final class Durations {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /** Parses as in {@code 500ms} or {@code 1m}. */
    public static Duration parse(String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw new UncheckableException("'" + text + "' is not a time span such as 500ms, 5s or 1m");
        }
        if ("ms".equals(span.group(2))) {
            return Duration.ofMillis(Long.parseLong(span.group(1)));
        }
        String iso = span.group(1) + span.group(2).toUpperCase(java.util.Locale.ROOT);
        return Duration.parse(iso.endsWith("D") ? "P" + iso : "PT" + iso);
    }
}
