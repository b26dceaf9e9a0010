package io.kafkaflink.job.kafka;

import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Timespan;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;

/** The event time of records that are read. Watermarks are made for each partition, so that a slow one holds it back. */
public final class EventTimes {
    private static final String DEFAULT_GROUP = "source";
    private static final Duration DEFAULT_UPDATE = Duration.ofSeconds(1);

    private EventTimes() {}

    public static WatermarkStrategy<Row> of(EventTime eventTime, RecordSchema schema) {
        WatermarkStrategy<Row> strategy = progress(eventTime);
        if (eventTime.timestamp() == EventTime.Timestamp.Field) {
            TimeField field = field(eventTime, schema);
            strategy = strategy.withTimestampAssigner((row, kafkaTime) -> field.millis(row));
        }
        if (eventTime.progress() == EventTime.Strategy.None) {
            return strategy;
        }
        return aligned(strategy.withIdleness(Timespan.parse(eventTime.idleTimeout())), eventTime.alignment());
    }

    /** The same of rows among dead letters. */
    public static WatermarkStrategy<Either<Row, Row>> besideLetters(EventTime eventTime, RecordSchema schema) {
        return new TimeOfRows(of(eventTime, schema));
    }

    /** The field that holds it, with timestamp Field. */
    static TimeField field(EventTime eventTime, RecordSchema schema) {
        return new TimeField(schema.indexOf(eventTime.field()), eventTime.field(), eventTime.format());
    }

    private static WatermarkStrategy<Row> progress(EventTime eventTime) {
        return switch (eventTime.progress()) {
            case BoundedOutOfOrderness -> bounded(Timespan.parse(eventTime.maxOutOfOrderness()));
            case Monotonous -> WatermarkStrategy.forMonotonousTimestamps();
            case None -> WatermarkStrategy.noWatermarks();
            case Custom -> StrategyClass.make(eventTime.strategyClass());
        };
    }

    private static WatermarkStrategy<Row> bounded(Duration allowance) {
        return allowance.isZero()
                ? WatermarkStrategy.forMonotonousTimestamps()
                : WatermarkStrategy.forBoundedOutOfOrderness(allowance);
    }

    private static WatermarkStrategy<Row> aligned(WatermarkStrategy<Row> strategy, EventTime.Alignment alignment) {
        return alignment == null
                ? strategy
                : strategy.withWatermarkAlignment(
                        alignment.group() == null ? DEFAULT_GROUP : alignment.group(),
                        Timespan.parse(alignment.maxDrift()),
                        alignment.updateInterval() == null
                                ? DEFAULT_UPDATE
                                : Timespan.parse(alignment.updateInterval()));
    }
}
