package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform.Window;
import java.util.TreeMap;

/**
 * One key in one window.
 *
 * @param start first epoch millisecond of the window
 * @param end first epoch millisecond behind it
 */
record Pane(Object key, long start, long end) {
    private static final String START = "windowStart";
    private static final String END = "windowEnd";

    /** The pane a result speaks of; null members when the result lacks the fields. */
    static Pane ofResult(Window window, Row result) {
        return new Pane(result.get(window.keyBy()), number(result.get(START)), number(result.get(END)));
    }

    private static long number(Object value) {
        return value instanceof Long number ? number : Long.MIN_VALUE;
    }

    Row asRow(Window window) {
        TreeMap<String, Object> fields = new TreeMap<>();
        fields.put(window.keyBy(), key);
        fields.put(START, start);
        fields.put(END, end);
        return new Row(fields);
    }
}
