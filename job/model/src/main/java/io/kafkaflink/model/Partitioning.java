package io.kafkaflink.model;

/**
 * Who chooses the partition of a written record: Kafka's producer, the subtask that writes it, the partition it was read
 * from, or a class of the user.
 */
public enum Partitioning {
    Default,
    Fixed,
    SourcePartition,
    Custom
}
