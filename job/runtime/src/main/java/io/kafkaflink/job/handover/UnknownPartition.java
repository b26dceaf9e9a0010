package io.kafkaflink.job.handover;

import io.kafkaflink.model.JobConfiguration;

/** What a partition is that is read from now on and that the savepoint does not know. */
enum UnknownPartition {
    /** Of a topic that the savepoint knows: added since, so that it begins at its beginning. Else it starts as configured. */
    BY_TOPIC,
    /** New in the list of partitions: it starts as configured. */
    LISTED,
    /**
     * One that the pattern finds now, and that may have been made since: a start at its end would leave out what it holds. It
     * goes on where the group stands, for the case that it was read before, else it begins at its beginning.
     */
    FOUND;

    static UnknownPartition of(JobConfiguration.KafkaSource source) {
        if (source.topicPattern() != null) {
            return FOUND;
        }
        return source.partitionSet() != null ? LISTED : BY_TOPIC;
    }
}
