package io.kafkaflink.job;

import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.util.List;

/** What both jobs of the benchmark do with each record. */
enum Workload {
    SOURCE_ONLY("source only", 0.97, Progress.READ),
    PASS_THROUGH("pass-through", 0.97, Progress.SENT),
    KEYED_COUNT("keyed count", 0.97, Progress.SENT, Transform.of("count", new Transform.KeyedCount("userId", "visit"))),
    FILTER_AND_COUNT(
            "filter + keyed count",
            0.97,
            Progress.SENT,
            Transform.of("filter", new Transform.Filter("status == 200 && !bot")),
            Transform.of("count", new Transform.KeyedCount("userId", "visit"))),
    WINDOW(
            "windowed count",
            0.95,
            Progress.READ,
            Transform.of(
                    "views",
                    new Window("page", new Window.Tumbling("1m"), null, null, null, List.of(Metric.count("views"))))),
    /** Beside our job without them: what they cost while there are none. */
    DEAD_LETTERS("ready for dead letters", 0.97, Progress.SENT);

    /** By what a run is seen to go on. */
    enum Progress {
        /** Records that the source has read: where each does not lead to one of the output. */
        READ,
        /** Records that the sink has sent. */
        SENT
    }

    private final String title;
    private final double target;
    private final Progress progress;
    private final List<Transform> steps;

    Workload(String title, double target, Progress progress, Transform... steps) {
        this.title = title;
        this.target = target;
        this.progress = progress;
        this.steps = List.of(steps);
    }

    String title() {
        return title;
    }

    /** Our throughput, as a part of the hand-written job's, that is enough. */
    double target() {
        return target;
    }

    /** Ours. */
    List<Transform> steps() {
        return steps;
    }

    /** What our job is compared with. */
    String other() {
        return this == DEAD_LETTERS ? "without" : "hand-written";
    }

    /** Ours; only windows need another time than the record's. */
    EventTime eventTime() {
        return this == WINDOW ? new EventTime(EventTime.Timestamp.Field, "timestamp", "5s", "30s") : null;
    }

    /** How far a run has come, -1 while nobody knows. */
    long progress(String run) {
        return switch (progress) {
            case SENT -> CapturedMetrics.sum(run, "numRecordsSend");
            case READ -> CapturedMetrics.sum(run, "currentOffset");
        };
    }

    /** What {@link #progress} comes to after so many records; three of four pass the filter. */
    long end(long records) {
        return switch (progress) {
            // The last offset of each of two partitions.
            case READ -> records - 2;
            case SENT -> this == FILTER_AND_COUNT ? records * 3 / 4 : records;
        };
    }
}
