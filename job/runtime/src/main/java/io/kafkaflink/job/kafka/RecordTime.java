package io.kafkaflink.job.kafka;

import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.RecordTimestamp;
import java.io.Serializable;
import org.apache.flink.types.Row;

/** The timestamp of a written record; null where Kafka is to set the time of writing. */
sealed interface RecordTime extends Serializable {
    Long of(Row row, Long eventTime);

    static RecordTime of(KafkaSink sink, RecordSchema schema) {
        RecordTimestamp timestamp = sink.timestamp() == null ? RecordTimestamp.EventTime : sink.timestamp();
        return switch (timestamp) {
            case EventTime -> new OfEvent();
            case Field -> new OfField(schema.indexOf(sink.timestampField()));
            case None -> new OfWriting();
        };
    }

    /** Kafka takes no time before 1970. A row without event time has Flink's lowest timestamp. */
    private static Long sensible(Long time) {
        return time == null || time < 0 ? null : time;
    }

    /** Event time, which for a window's result is the window's last millisecond. */
    record OfEvent() implements RecordTime {
        @Override
        public Long of(Row row, Long eventTime) {
            return sensible(eventTime);
        }
    }

    /** A field with epoch milliseconds. */
    record OfField(int position) implements RecordTime {
        @Override
        public Long of(Row row, Long eventTime) {
            return sensible((Long) row.getField(position));
        }
    }

    /** The time of writing. */
    record OfWriting() implements RecordTime {
        @Override
        public Long of(Row row, Long eventTime) {
            return null;
        }
    }
}
