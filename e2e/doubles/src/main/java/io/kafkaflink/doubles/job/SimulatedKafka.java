package io.kafkaflink.doubles.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Topics whose records are only counted: record n of a partition exists from the time on at which a producer of constant
 * rate has written it. Watches what jobs make of them: every record must come out exactly once. Not thread-safe.
 */
public final class SimulatedKafka {
    /** Records per second and partition. */
    public static final int RATE = 500;

    private final Clock clock;
    /** When the first record of each partition was, or will be, written. */
    private final Map<Partition, Instant> created = new TreeMap<>();
    /** Where the keys of an added partition were written before. */
    private final Map<Partition, Partition> former = new HashMap<>();

    private final Map<Partition, Long> beginnings = new HashMap<>();
    private final Map<String, Map<Partition, Long>> groups = new HashMap<>();
    /** Per consumer group, what came out of each partition so far. */
    private final Map<String, Map<Partition, Long>> written = new HashMap<>();

    private final Map<String, Set<String>> reading = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> disorders = new ArrayList<>();
    private Duration learning = Duration.ZERO;
    private long lost;
    private long duplicated;

    public SimulatedKafka(Clock clock) {
        this.clock = clock;
    }

    /** How long producers go on with the partitions that they know when there are more. */
    public void producersLearnAfter(Duration time) {
        learning = time;
    }

    /**
     * Makes a topic have so many partitions, if it has less. Producers hash keys, modulo the number of partitions: a key of
     * an added partition comes from the one with the remainder.
     */
    public void grow(String topic, int partitions) {
        int before = partitions(topic);
        Instant first = before == 0 ? clock.instant() : clock.instant().plus(learning);
        for (int number = before; number < partitions; number++) {
            Partition added = new Partition(topic, number);
            created.put(added, first);
            if (before > 0) {
                former.put(added, new Partition(topic, number % before));
            }
        }
    }

    /** Number of partitions. */
    public int partitions(String topic) {
        return (int) created.keySet().stream()
                .filter(each -> each.topic().equals(topic))
                .count();
    }

    /** The partitions that a job reads. */
    public List<Partition> subscribed(JobGraph graph) {
        return graph.topics().entrySet().stream()
                .flatMap(topic -> IntStream.range(0, Math.min(topic.getValue(), partitions(topic.getKey())))
                        .mapToObj(number -> new Partition(topic.getKey(), number)))
                .sorted()
                .toList();
    }

    /** Offset after the newest record. */
    public long end(Partition partition) {
        return end(partition, clock.instant());
    }

    private long end(Partition partition, Instant at) {
        return Math.max(0, Duration.between(created.get(partition), at).toMillis() * RATE / 1000);
    }

    /** Offset of the oldest record that is kept. */
    public long beginning(Partition partition) {
        return beginnings.getOrDefault(partition, 0L);
    }

    /** Retention has taken everything before the newest {@code kept} records. */
    public void expire(String topic, long kept) {
        created.keySet().stream()
                .filter(each -> each.topic().equals(topic))
                .forEach(each -> beginnings.merge(each, Math.max(0, end(each) - kept), Math::max));
    }

    /** Committed offset of a group; empty when it has none. */
    public Optional<Long> committed(String group, Partition partition) {
        return Optional.ofNullable(groups.getOrDefault(group, Map.of()).get(partition));
    }

    /** A consumer commits, or somebody sets offsets. */
    public void commit(String group, Map<Partition, Long> offsets) {
        groups.computeIfAbsent(group, name -> new TreeMap<>()).putAll(offsets);
    }

    /** What has gone wrong, in words, in the order in which it did. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** Added partitions that were read before all that was written of their keys elsewhere, in words. */
    public List<String> disorders() {
        return List.copyOf(disorders);
    }

    /** Records that never came out although later ones of their partition did. */
    public long lost() {
        return lost;
    }

    /** Records that came out twice. */
    public long duplicated() {
        return duplicated;
    }

    /** Records that came out. */
    public long read() {
        return written.values().stream()
                .flatMap(each -> each.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** A job reads on in a partition, and of the others it has read so much until now. */
    void readsOn(String jobId, Partition partition, Map<Partition, Long> read) {
        Partition origin = former.get(partition);
        if (origin == null) {
            return;
        }
        long moved = end(origin, created.get(partition));
        long done = read.getOrDefault(origin, 0L);
        if (done < moved) {
            disorders.add(clock.instant() + ": job " + jobId + " reads " + partition + " and has read " + done
                    + " of the " + moved + " records that its keys have in " + origin);
        }
    }

    /** Tasks of a job begin to read. */
    void enter(String group, String jobId) {
        Set<String> jobs = reading.computeIfAbsent(group, name -> new TreeSet<>());
        jobs.add(jobId);
        if (jobs.size() > 1) {
            faults.add(clock.instant() + ": jobs " + jobs + " read as group " + group + " at once");
        }
    }

    /** No task of a job is left. */
    void leave(String group, String jobId) {
        reading.getOrDefault(group, new TreeSet<>()).remove(jobId);
    }

    /** Records {@code from} to before {@code to} of a partition have come out, and cannot be taken back. */
    void write(String group, String jobId, Partition partition, long from, long to) {
        Map<Partition, Long> out = written.computeIfAbsent(group, name -> new TreeMap<>());
        long before = out.getOrDefault(partition, 0L);
        if (from > before) {
            lost += from - before;
            faults.add(fault(partition, "lost", before, from, jobId));
        } else if (from < before && to > from) {
            long repeated = Math.min(before, to) - from;
            duplicated += repeated;
            faults.add(fault(partition, "came out twice", from, from + repeated, jobId));
        }
        out.merge(partition, to, Math::max);
    }

    private String fault(Partition partition, String what, long from, long to, String jobId) {
        return clock.instant() + ": " + (to - from) + " records of " + partition + " " + what + " (" + from + " to "
                + to + ", job " + jobId + ")";
    }

    @Override
    public String toString() {
        return Stream.of("lost " + lost, "duplicated " + duplicated, "read " + read())
                .toList()
                .toString();
    }
}
