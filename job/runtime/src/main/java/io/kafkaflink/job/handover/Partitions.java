package io.kafkaflink.job.handover;

import io.kafkaflink.job.handover.KafkaChecks.Topic;
import io.kafkaflink.model.JobConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that are read: of the subscribed topics all, or as many as the configuration names.
 *
 * @param beginnings oldest offset of each
 * @param ends offset after the newest record of each, committed or not
 */
record Partitions(Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends) {

    /** @return null when it cannot be found out, with a finding */
    static Partitions ask(KafkaFacts kafka, NewJob job, Collection<Finding> findings) {
        List<TopicPartition> all = new ArrayList<>();
        JobConfiguration.KafkaSource source = job.source().orElseThrow();
        List<String> names = SourceTopics.find(kafka, source, findings);
        if (names.isEmpty()) {
            return null;
        }
        Map<String, Fact<Topic>> topics = kafka.topics(names);
        for (Map.Entry<String, Fact<Topic>> topic : topics.entrySet()) {
            if (!(topic.getValue() instanceof Fact.Known<Topic> known)) {
                findings.add(unknown("Topic " + topic.getKey(), topic.getValue()));
                return null;
            }
            job.partitionsRead(topic.getKey(), known.value().partitions())
                    .forEach(partition -> all.add(new TopicPartition(topic.getKey(), partition)));
        }
        List<Finding> lacking = SourceTopics.lacking(source.partitionSet(), topics);
        if (!lacking.isEmpty()) {
            findings.addAll(lacking);
            return null;
        }
        Fact<Map<TopicPartition, Long>> beginnings = kafka.beginnings(all);
        Fact<Map<TopicPartition, Long>> ends = kafka.ends(all);
        if (beginnings instanceof Fact.Known<Map<TopicPartition, Long>> first
                && ends instanceof Fact.Known<Map<TopicPartition, Long>> last) {
            return new Partitions(first.value(), last.value());
        }
        findings.add(unknown("Offsets of the source topics", beginnings instanceof Fact.Known ? ends : beginnings));
        return null;
    }

    /** Those of them that are still to be read: what a source with an end has read up to there is in no state any more. */
    Partitions unread(SavepointOffsets saved) {
        Map<TopicPartition, Long> first = new HashMap<>(beginnings);
        Map<TopicPartition, Long> last = new HashMap<>(ends);
        first.keySet().retainAll(saved.offsets().keySet());
        last.keySet().retainAll(saved.offsets().keySet());
        return new Partitions(first, last);
    }

    private static Finding unknown(String what, Fact<?> answer) {
        return Finding.unfit(
                "OffsetsUnknown",
                what + ": cannot be read ("
                        + (answer instanceof Fact.Absent ? "does not exist" : KafkaChecks.why(answer))
                        + "), so that nobody knows whether records were lost; make Kafka answer and repeat");
    }
}
