package io.kafkaflink.rehearsal.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One record as the broker took it.
 *
 * @param partition where it went
 * @param eventTime epoch milliseconds
 * @param newestBefore newest event time that its partition held before it; {@link #NONE} for the first
 */
public record InputRecord(int partition, long eventTime, long newestBefore, Row row) {
    /** Before the first record of a partition; far enough from the end of the range to subtract from. */
    public static final long NONE = Long.MIN_VALUE / 2;

    /** Records of a topic in the order of their partitions' offsets, with what each partition held before. */
    public static List<InputRecord> inOrder(List<InputRecord> records) {
        Map<Integer, Long> newest = new HashMap<>();
        List<InputRecord> result = new ArrayList<>(records.size());
        for (InputRecord record : records) {
            long before = newest.getOrDefault(record.partition, NONE);
            result.add(new InputRecord(record.partition, record.eventTime, before, record.row));
            newest.put(record.partition, Math.max(before, record.eventTime));
        }
        return result;
    }

    /** A record whose place in its partition is not yet known. */
    public static InputRecord of(int partition, long eventTime, Row row) {
        return new InputRecord(partition, eventTime, NONE, row);
    }

    InputRecord withRow(Row changed) {
        return new InputRecord(partition, eventTime, newestBefore, changed);
    }
}
