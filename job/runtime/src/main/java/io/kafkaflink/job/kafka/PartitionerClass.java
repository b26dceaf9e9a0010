package io.kafkaflink.job.kafka;

import io.kafkaflink.job.JobRefused;
import org.apache.kafka.clients.producer.Partitioner;

/** A partitioner of the user's, which the producer makes by its name. */
final class PartitionerClass {
    /** The producer's property. */
    static final String PROPERTY = "partitioner.class";

    private PartitionerClass() {}

    /**
     * The name, when the class can be used: an armed job finds out here, before the old one is stopped. It is looked for where
     * the producer will.
     *
     * @throws JobRefused with what is wrong and where the class belongs
     */
    static String require(String name) {
        try {
            Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            if (!Partitioner.class.isAssignableFrom(type)) {
                throw new JobRefused("partitionerClass: found " + name + ", which does not implement "
                        + Partitioner.class.getName() + "; name one that does");
            }
            return name;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new JobRefused("partitionerClass: " + name + " cannot be loaded (" + e
                    + "); put its jar into /opt/flink/usrlib of the image, beside the job's, or correct the name");
        }
    }
}
