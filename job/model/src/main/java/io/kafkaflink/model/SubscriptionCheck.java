package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Checks what is read: topics, a pattern of them or a set of partitions. */
final class SubscriptionCheck {
    private static final int MOST_PARTITIONS = 100_000;
    private static final int LONGEST_PATTERN = 500;

    private SubscriptionCheck() {}

    static void check(JobConfiguration.KafkaSource source, Violations found) {
        if (source.topicPattern() != null) {
            pattern(source, found);
        } else if (source.partitionSet() != null) {
            partitionSet(source, found);
        } else {
            topics(source.topics(), found);
        }
        partitions(source, found);
    }

    /** What of the source reads a topic that a sink writes; empty when nothing does. */
    static Optional<String> reading(JobConfiguration.KafkaSource source, String topic) {
        if (source.topicPattern() == null) {
            return source.topics().contains(topic) ? Optional.of("a topic of the source") : Optional.empty();
        }
        try {
            return TopicPattern.compile(source.topicPattern()).matches(topic)
                    ? Optional.of("a topic that source.kafka.topicPattern matches")
                    : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        } catch (TopicPattern.TooLong e) {
            return Optional.of("a topic for which source.kafka.topicPattern has too many ways to match");
        }
    }

    private static void pattern(JobConfiguration.KafkaSource source, Violations found) {
        String path = "source.kafka.topicPattern";
        String text = source.topicPattern();
        if (!source.topics().isEmpty() || source.partitionSet() != null) {
            found.add(path, "topics or partitions beside it", "one of topics, topicPattern, partitions", "keep one");
        }
        if (!found.present(path, text, "a regular expression")) {
            return;
        }
        if (text.length() > LONGEST_PATTERN) {
            found.add(path, text.length() + " characters", "at most " + LONGEST_PATTERN, "shorten it");
            return;
        }
        try {
            TopicPattern.compile(text);
        } catch (PatternSyntaxException e) {
            String at = e.getIndex() < 0 ? "" : " at position " + (e.getIndex() + 1);
            found.add(
                    path,
                    Violations.quoted(text),
                    "a regular expression of Java",
                    "correct it: " + e.getDescription() + at);
        }
    }

    private static void partitionSet(JobConfiguration.KafkaSource source, Violations found) {
        String path = "source.kafka.partitions";
        List<SourcePartition> set = source.partitionSet();
        if (set.isEmpty() || set.size() > SourcePartition.MOST) {
            found.add(path, set.size() + " partitions", "1 to " + SourcePartition.MOST, "list the partitions to read");
        }
        Set<SourcePartition> seen = new HashSet<>();
        Set<String> topics = new TreeSet<>();
        for (int i = 0; i < set.size(); i++) {
            String here = path + "[" + i + "]";
            SourcePartition each = set.get(i);
            if (found.matches(here + ".topic", each.topic(), SourceCheck.TOPIC, SourceCheck.TOPIC_SHAPE)) {
                topics.add(each.topic());
            }
            if (found.present(here + ".partition", each.partition(), "a number from 0")
                    && (each.partition() < 0 || each.partition() >= MOST_PARTITIONS)) {
                found.add(
                        here + ".partition",
                        String.valueOf(each.partition()),
                        "0 to " + (MOST_PARTITIONS - 1),
                        "change it");
            }
            if (!seen.add(each)) {
                found.add(here, each + " again", "each partition once", "remove it");
            }
        }
        if (!topics.equals(new TreeSet<>(source.topics()))) {
            found.add("source.kafka.topics", source.topics().toString(), "those of the set: " + topics, "change it");
        }
    }

    private static void topics(List<String> topics, Violations found) {
        if (topics.isEmpty()) {
            found.add("source.kafka.topics", "none", "at least one topic", "add it");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < topics.size(); i++) {
            String path = "source.kafka.topics[" + i + "]";
            if (found.matches(path, topics.get(i), SourceCheck.TOPIC, SourceCheck.TOPIC_SHAPE)
                    && !seen.add(topics.get(i))) {
                found.add(path, "topic " + Violations.quoted(topics.get(i)) + " again", "each topic once", "remove it");
            }
        }
    }

    /** All topics or none: the connector takes either names or partitions. */
    private static void partitions(JobConfiguration.KafkaSource source, Violations found) {
        if (source.partitions() == null) {
            return;
        }
        String path = "source.kafka.partitions";
        if (source.topicPattern() != null || source.partitionSet() != null) {
            found.add(path, "numbers of partitions", "none but with topics", "remove them");
            return;
        }
        if (!source.partitions().keySet().equals(new HashSet<>(source.topics()))) {
            found.add(
                    path,
                    source.partitions().keySet().toString(),
                    "a number for each of " + source.topics(),
                    "name each topic, or leave it out");
        }
        source.partitions().forEach((topic, count) -> {
            if (count < 1 || count > MOST_PARTITIONS) {
                found.add(path + "." + topic, String.valueOf(count), "1 to " + MOST_PARTITIONS, "change it");
            }
        });
    }
}
