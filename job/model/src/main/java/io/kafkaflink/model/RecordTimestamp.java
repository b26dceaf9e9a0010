package io.kafkaflink.model;

/** The timestamp of the records that a Kafka sink writes: event time, a field, or none, so that Kafka sets its own. */
public enum RecordTimestamp {
    EventTime,
    Field,
    None
}
