package io.kafkaflink.job.kafka;

import java.io.Serial;

/** A record was read from a partition that its topic does not have; it is read again when the job begins anew. */
public final class MissingPartition extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MissingPartition(long partition, String topic, int partitions) {
        super("A record of source partition " + partition + " cannot be written: topic " + topic + " has " + partitions
                + " partitions, and partitioner SourcePartition needs as many as the source. Grow the topic; the"
                + " pipeline waits at this record, and nothing is lost");
    }
}
