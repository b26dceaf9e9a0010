package io.kafkaflink.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks where reading starts and where it ends. */
final class OffsetsCheck {
    private static final String STARTING = "source.kafka.startingOffsets";
    private static final String STOPPING = "source.kafka.stoppingOffsets";

    private OffsetsCheck() {}

    static void check(JobConfiguration.KafkaSource source, Violations found) {
        StartingOffsets start = source.startingOffsets();
        timestamp(STARTING, start.mode() == StartingOffsets.Mode.Timestamp, start.timestamp(), found);
        offsets(STARTING, start.mode() == StartingOffsets.Mode.Specific, start.offsets(), source, found);
        StoppingOffsets stop = source.stoppingOffsets();
        if (stop == null) {
            return;
        }
        if (stop.mode() == StoppingOffsets.Mode.Never) {
            found.add(STOPPING + ".mode", "Never", "an end", "leave stoppingOffsets out");
        }
        if (source.topicPattern() != null) {
            found.add(
                    STOPPING + ".mode",
                    stop.mode() + " with topicPattern",
                    "Never",
                    "list topics or partitions: a topic that is found later would have no end");
        } else if (source.partitions() == null && source.partitionSet() == null) {
            found.add(
                    "source.kafka.partitions",
                    "nothing",
                    "the number of partitions of each topic",
                    "set it, or a partition that comes later would have another end at every start");
        }
        timestamp(STOPPING, stop.mode() == StoppingOffsets.Mode.Timestamp, stop.timestamp(), found);
        boolean specific = stop.mode() == StoppingOffsets.Mode.Specific;
        offsets(STOPPING, specific, stop.offsets(), source, found);
        if (specific && stop.offsets() != null) {
            complete(stop.offsets(), source, found);
        }
    }

    private static void timestamp(String path, boolean needed, String timestamp, Violations found) {
        String here = path + ".timestamp";
        if (!needed) {
            if (timestamp != null) {
                found.add(here, Violations.quoted(timestamp), "nothing but with mode: Timestamp", "remove it");
            }
            return;
        }
        if (found.present(here, timestamp, "a moment, as in 2026-11-01T00:00:00Z")) {
            try {
                PointInTime.parse(timestamp);
            } catch (IllegalArgumentException e) {
                found.add(here, Violations.quoted(timestamp), "a moment, as in 2026-11-01T00:00:00Z", "change it");
            }
        }
    }

    private static void offsets(
            String path,
            boolean needed,
            List<PartitionOffset> offsets,
            JobConfiguration.KafkaSource source,
            Violations found) {
        String here = path + ".offsets";
        if (!needed) {
            if (offsets != null) {
                found.add(here, offsets.size() + " offsets", "nothing but with mode: Specific", "remove them");
            }
            return;
        }
        if (offsets == null || offsets.isEmpty() || offsets.size() > PartitionOffset.MOST) {
            String size = offsets == null ? "nothing" : offsets.size() + " offsets";
            found.add(here, size, "1 to " + PartitionOffset.MOST + " offsets", "list topic, partition and offset");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < offsets.size(); i++) {
            offset(here + "[" + i + "]", offsets.get(i), source, seen, found);
        }
    }

    private static void offset(
            String path,
            PartitionOffset place,
            JobConfiguration.KafkaSource source,
            Set<String> seen,
            Violations found) {
        boolean whole = found.present(path + ".topic", place.topic())
                & found.present(path + ".partition", place.partition(), "a number from 0")
                & found.present(path + ".offset", place.offset(), "a number from 0");
        if (!whole) {
            return;
        }
        if (!known(path, place, source, found)) {
            return;
        }
        int most = source.partitions() == null
                ? Integer.MAX_VALUE
                : source.partitions().getOrDefault(place.topic(), Integer.MAX_VALUE);
        if (place.partition() < 0 || place.partition() >= most) {
            found.add(
                    path + ".partition",
                    String.valueOf(place.partition()),
                    most == Integer.MAX_VALUE ? "a number from 0" : "0 to " + (most - 1),
                    "change it");
        } else if (!seen.add(name(place.topic(), place.partition()))) {
            found.add(path, name(place.topic(), place.partition()) + " again", "each partition once", "remove it");
        }
        if (place.offset() < 0) {
            found.add(path + ".offset", String.valueOf(place.offset()), "a number from 0", "change it");
        }
    }

    private static boolean known(
            String path, PartitionOffset place, JobConfiguration.KafkaSource source, Violations found) {
        if (source.partitionSet() != null
                && source.topics().contains(place.topic())
                && !source.partitionSet().contains(new SourcePartition(place.topic(), place.partition()))) {
            found.add(
                    path + ".partition",
                    String.valueOf(place.partition()),
                    "one of source.kafka.partitions",
                    "change or remove it");
            return false;
        }
        boolean known = source.topicPattern() == null
                ? source.topics().contains(place.topic())
                : matches(source.topicPattern(), place.topic());
        if (!known) {
            String expected = source.topicPattern() == null
                    ? "one of " + source.topics()
                    : "a topic that matches " + Violations.quoted(source.topicPattern());
            found.add(path + ".topic", Violations.quoted(place.topic()), expected, "change it");
        }
        return known;
    }

    /** A pattern that is none is reported where it stands. */
    private static boolean matches(String pattern, String topic) {
        try {
            return TopicPattern.compile(pattern).matches(topic);
        } catch (PatternSyntaxException e) {
            return true;
        } catch (TopicPattern.TooLong e) {
            return false;
        }
    }

    /** An end that is forgotten would be taken for "nothing to read", and nobody would notice. */
    private static void complete(List<PartitionOffset> offsets, JobConfiguration.KafkaSource source, Violations found) {
        Map<String, Integer> partitions = source.partitions() == null ? Map.of() : source.partitions();
        Set<String> missing = new TreeSet<>();
        Stream.ofNullable(source.partitionSet()).flatMap(List::stream).forEach(each -> missing.add(each.toString()));
        partitions.forEach(
                (topic, count) -> IntStream.range(0, count).forEach(partition -> missing.add(name(topic, partition))));
        offsets.forEach(place -> missing.remove(place.topic() + "-" + place.partition()));
        if (!missing.isEmpty()) {
            found.add(
                    STOPPING + ".offsets",
                    "no offset of " + missing.iterator().next()
                            + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more"),
                    "one for every partition",
                    "add them; an end of 0 leaves a partition out");
        }
    }

    private static String name(String topic, int partition) {
        return topic + "-" + partition;
    }
}
