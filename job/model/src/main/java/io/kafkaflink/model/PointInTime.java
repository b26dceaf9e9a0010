package io.kafkaflink.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A moment as people write it, with date, time and zone: {@code 2026-11-01T00:00:00Z}, {@code 2026-11-01T02:00:00+02:00}. */
public final class PointInTime {
    public static final String PATTERN =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$";

    /** The longest text: nanoseconds and a zone. */
    public static final long MAX_LENGTH = 35;

    private PointInTime() {}

    /**
     * Parses a moment.
     *
     * @throws IllegalArgumentException when the text has another shape or names no moment; the message names it
     */
    public static Instant parse(String text) {
        try {
            if (text.matches(PATTERN)) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no moment that there is: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not a moment; expected date, time and zone, as in 2026-11-01T00:00:00Z");
    }
}
