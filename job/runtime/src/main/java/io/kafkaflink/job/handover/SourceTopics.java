package io.kafkaflink.job.handover;

import io.kafkaflink.job.handover.KafkaChecks.Topic;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.SourcePartition;
import io.kafkaflink.model.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The topics that a source reads: those that it names, or those that its pattern finds now. */
final class SourceTopics {
    private SourceTopics() {}

    /** Names, with a finding where a pattern gives none. */
    static List<String> find(KafkaFacts kafka, JobConfiguration.KafkaSource source, Collection<Finding> findings) {
        if (source.topicPattern() == null) {
            return source.topics();
        }
        Fact<Set<String>> all = kafka.topicNames();
        List<String> matching = all instanceof Fact.Known<Set<String>> known
                ? matching(source.topicPattern(), known.value())
                : List.of();
        if (!(all instanceof Fact.Known)) {
            findings.add(Finding.unfit(
                    "TopicsUnknown",
                    "source.kafka.topicPattern: the topics of Kafka cannot be listed (" + KafkaChecks.why(all)
                            + "), so that nobody knows which match; make Kafka answer and repeat"));
        } else if (matching.isEmpty()) {
            findings.add(Finding.unfit(
                    "NoTopicMatches",
                    "source.kafka.topicPattern: found no topic that matches '" + source.topicPattern()
                            + "' as a whole among those that the job's Kafka user may describe, expected at least one."
                            + " Create it, correct the pattern, or allow Describe and Read"));
        }
        return matching;
    }

    /** Sorted. */
    static List<String> matching(String text, Collection<String> names) {
        Pattern pattern = TopicPattern.compile(text).regex();
        return names.stream()
                .filter(name -> pattern.matcher(name).matches())
                .sorted()
                .toList();
    }

    /** Partitions that are listed and that their topics lack. */
    static List<Finding> lacking(List<SourcePartition> set, Map<String, Fact<Topic>> topics) {
        List<SourcePartition> missing = new ArrayList<>();
        for (SourcePartition each : set == null ? List.<SourcePartition>of() : set) {
            if (topics.get(each.topic()) instanceof Fact.Known<Topic> known
                    && each.partition() >= known.value().partitions()) {
                missing.add(each);
            }
        }
        return missing.isEmpty()
                ? List.of()
                : List.of(Finding.unfit(
                        "PartitionCount",
                        "source.kafka.partitions: found no partitions "
                                + missing.subList(0, Math.min(10, missing.size()))
                                + (missing.size() > 10 ? " and " + (missing.size() - 10) + " more" : "")
                                + " in Kafka, expected all that are listed; grow the topic, or take them out"));
    }
}
