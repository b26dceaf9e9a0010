package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.UnreadableValue;
import io.kafkaflink.model.EventTime.FieldFormat;
import io.kafkaflink.model.PointInTime;
import java.io.Serial;
import java.io.Serializable;
import org.apache.flink.types.Row;

/**
 * The field of a row that holds its event time.
 *
 * @param index of the field
 * @param name for messages
 */
record TimeField(int index, String name, FieldFormat format) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The range of a date in ECMAScript, 285,616 years around 1970: beyond it window bounds would overflow. */
    private static final long LATEST_TIME = 8_640_000_000_000_000L;

    private static final long MILLIS = 1000;

    /** Epoch milliseconds; throws when the field is null or no sensible time. */
    long require(Row row) throws UnreadableValue {
        Object value = row.getField(index);
        if (value == null) {
            throw unreadable("nothing");
        }
        return switch (format) {
            case EpochMillis -> inRange((Long) value, LATEST_TIME);
            case EpochSeconds -> inRange((Long) value, LATEST_TIME / MILLIS) * MILLIS;
            case Iso8601 -> parse((String) value);
        };
    }

    /** Of a row that has been read, and is sensible therefore. */
    long millis(Row row) {
        return switch (format) {
            case EpochMillis -> (Long) row.getField(index);
            case EpochSeconds -> (Long) row.getField(index) * MILLIS;
            case Iso8601 -> PointInTime.parse((String) row.getField(index)).toEpochMilli();
        };
    }

    private long inRange(long value, long most) throws UnreadableValue {
        if (value > most || value < -most) {
            throw unreadable(String.valueOf(value));
        }
        return value;
    }

    private long parse(String text) throws UnreadableValue {
        try {
            return PointInTime.parse(text).toEpochMilli();
        } catch (IllegalArgumentException e) {
            throw unreadable("'" + (text.length() > 50 ? text.substring(0, 50) + "..." : text) + "'");
        }
    }

    private UnreadableValue unreadable(String found) {
        String expected =
                switch (format) {
                    case EpochMillis -> "epoch milliseconds";
                    case EpochSeconds -> "epoch seconds";
                    case Iso8601 -> "date, time and zone, as in 2026-11-01T00:00:00Z";
                };
        return new UnreadableValue("found " + found + " in the event-time field '" + name + "', expected " + expected);
    }
}
