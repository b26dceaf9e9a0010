package io.kafkaflink.model;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a source reads, so that two can be compared: topics as a whole, the topics that match a pattern, or a set of
 * partitions. How many partitions of a topic are read as yet is no part of it.
 *
 * @param topics names; with a set of partitions empty
 * @param pattern null for none
 * @param partitions a set of partitions, empty for none
 */
public record Subscription(Set<String> topics, String pattern, Set<SourcePartition> partitions) {
    private static final int MOST_SHOWN = 10;

    public Subscription {
        topics = Set.copyOf(topics);
        partitions = Set.copyOf(partitions);
    }

    /** @param partitions null or empty for no set of them */
    public static Subscription of(Collection<String> topics, String pattern, Collection<SourcePartition> partitions) {
        boolean set = partitions != null && !partitions.isEmpty();
        return new Subscription(set ? Set.of() : Set.copyOf(topics), pattern, set ? Set.copyOf(partitions) : Set.of());
    }

    /** Whether partitions of the topic are among what is read. */
    public boolean reads(String topic) {
        return pattern == null
                ? topics.contains(topic) || partitions.stream().anyMatch(each -> topic.equals(each.topic()))
                : TopicPattern.compile(pattern).matches(topic);
    }

    /** Whether that very partition is, once it exists. */
    public boolean reads(String topic, int partition) {
        return partitions.isEmpty() ? reads(topic) : partitions.contains(new SourcePartition(topic, partition));
    }

    /** In the words of messages. */
    @Override
    public String toString() {
        if (pattern != null) {
            return "topics that match " + Violations.quoted(pattern);
        }
        return partitions.isEmpty() ? "topics " + new TreeSet<>(topics) : "partitions " + first();
    }

    private String first() {
        List<SourcePartition> first = partitions.stream()
                .sorted(SourcePartition.ORDER)
                .limit(MOST_SHOWN)
                .toList();
        int more = partitions.size() - first.size();
        return more == 0 ? first.toString() : first + " and " + more + " more";
    }
}
