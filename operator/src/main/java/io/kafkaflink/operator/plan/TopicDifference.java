package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.desired.DesiredTopic;
import io.kafkaflink.operator.observe.TopicState;
import java.util.StringJoiner;
import java.util.TreeSet;

/** What of ours a KafkaTopic lacks, in words; empty when it is as wanted. */
final class TopicDifference {
    private TopicDifference() {}

    static String between(DesiredTopic wanted, TopicState found) {
        StringJoiner words = new StringJoiner(", ");
        if (found.partitions() == null || found.partitions() != wanted.partitions()) {
            words.add("partitions " + found.partitions() + " becomes " + wanted.partitions());
        }
        if (wanted.replicas() != null && !wanted.replicas().equals(found.replicas())) {
            words.add("replicas " + found.replicas() + " becomes " + wanted.replicas());
        }
        if (!wanted.cluster().equals(found.cluster())) {
            words.add("label strimzi.io/cluster " + found.cluster() + " becomes " + wanted.cluster());
        }
        for (String key : new TreeSet<>(wanted.config().keySet())) {
            // Numbers and texts of the same value mean the same to Kafka.
            if (!same(wanted.config().get(key), found.config().get(key))) {
                words.add("config " + key + " " + found.config().get(key) + " becomes "
                        + wanted.config().get(key));
            }
        }
        for (String key : new TreeSet<>(found.ownedConfig())) {
            if (!wanted.config().containsKey(key)) {
                words.add("config " + key + " is removed");
            }
        }
        return words.toString();
    }

    private static boolean same(Object wanted, Object found) {
        return SpecDifference.same(wanted, found) || String.valueOf(wanted).equals(String.valueOf(found));
    }
}
