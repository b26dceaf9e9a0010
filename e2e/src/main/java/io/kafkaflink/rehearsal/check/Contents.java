package io.kafkaflink.rehearsal.check;

import io.kafkaflink.rehearsal.pipeline.Transform.Extent;
import io.kafkaflink.rehearsal.pipeline.Transform.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which records are in which window, when none is late. */
final class Contents {
    private Contents() {}

    /** The records of each key and window. */
    static Map<Pane, List<InputRecord>> of(Window window, List<InputRecord> records) {
        return window.extent() instanceof Extent.Session session
                ? sessions(window.keyBy(), session.gap().toMillis(), records)
                : sized(window.keyBy(), (Extent.Sized) window.extent(), records);
    }

    /** A record is in every window that begins at a multiple of the slide, at most the size before it. */
    private static Map<Pane, List<InputRecord>> sized(String keyBy, Extent.Sized extent, List<InputRecord> records) {
        long size = extent.size().toMillis();
        long slide = extent.slide().toMillis();
        Map<Pane, List<InputRecord>> panes = new LinkedHashMap<>();
        for (InputRecord record : records) {
            long last = Math.floorDiv(record.eventTime(), slide) * slide;
            for (long start = last; start > record.eventTime() - size; start -= slide) {
                add(panes, new Pane(record.row().get(keyBy), start, start + size), record);
            }
        }
        return panes;
    }

    /** Sorted by time, records of a key belong together until one is further behind the one before than the gap. */
    private static Map<Pane, List<InputRecord>> sessions(String keyBy, long gap, List<InputRecord> records) {
        Map<Object, List<InputRecord>> keys = new LinkedHashMap<>();
        records.forEach(record -> keys.computeIfAbsent(record.row().get(keyBy), unseen -> new ArrayList<>())
                .add(record));
        Map<Pane, List<InputRecord>> panes = new LinkedHashMap<>();
        keys.forEach((key, all) -> {
            all.sort(Comparator.comparingLong(InputRecord::eventTime));
            int first = 0;
            for (int i = 1; i <= all.size(); i++) {
                long last = all.get(i - 1).eventTime();
                if (i == all.size() || all.get(i).eventTime() > last + gap) {
                    panes.put(
                            new Pane(key, all.get(first).eventTime(), last + gap), List.copyOf(all.subList(first, i)));
                    first = i;
                }
            }
        });
        return panes;
    }

    private static void add(Map<Pane, List<InputRecord>> panes, Pane pane, InputRecord record) {
        panes.computeIfAbsent(pane, unseen -> new ArrayList<>()).add(record);
    }
}
