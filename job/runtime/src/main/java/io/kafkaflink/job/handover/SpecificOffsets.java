package io.kafkaflink.job.handover;

import io.kafkaflink.model.PartitionOffset;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** The start offsets that a user lists: a consumer that is sent elsewhere begins somewhere else without a word. */
final class SpecificOffsets {
    private SpecificOffsets() {}

    /** @param listed null for none */
    static List<Finding> outside(List<PartitionOffset> listed, Partitions partitions) {
        return listed == null
                ? List.of()
                : listed.stream()
                        .filter(place -> isOutside(place, partitions))
                        .limit(1)
                        .map(place -> finding(place, partitions))
                        .toList();
    }

    private static boolean isOutside(PartitionOffset place, Partitions partitions) {
        TopicPartition partition = partition(place);
        return !partitions.beginnings().containsKey(partition)
                || place.offset() < partitions.beginnings().get(partition)
                || place.offset() > partitions.ends().get(partition);
    }

    private static Finding finding(PartitionOffset place, Partitions partitions) {
        TopicPartition partition = partition(place);
        String found = "source.kafka.startingOffsets.offsets: topic " + place.topic() + ", partition "
                + place.partition() + ": found offset " + place.offset() + ", expected ";
        return Finding.unfit(
                "OffsetOutOfRange",
                found
                        + (partitions.beginnings().containsKey(partition)
                                ? partitions.beginnings().get(partition) + " to "
                                        + partitions.ends().get(partition) + ", which is what Kafka has. Correct it"
                                : "no such partition, which the topic does not have. Remove it"));
    }

    private static TopicPartition partition(PartitionOffset place) {
        return new TopicPartition(place.topic(), place.partition());
    }
}
