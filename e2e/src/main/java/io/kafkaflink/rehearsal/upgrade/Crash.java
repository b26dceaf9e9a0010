package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.WriteGate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Something that dies right after some of the operator's writes since the scenario's first step, and comes back each time. */
final class Crash {
    /** Long enough for a Lease to be missed, short enough for a matrix of crashes. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Stage stage;
    private final Points points;
    private volatile long struck;
    private volatile boolean back;
    private final Set<Integer> reached = new ConcurrentSkipListSet<>();

    /** What dies. */
    enum Victim {
        OPERATOR("operator"),
        API_SERVER("API server"),
        BROKER("broker"),
        FLINK("Flink");

        private final String word;

        Victim(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** @param writes numbers of writes, from 1, ascending */
    record Points(List<Integer> writes, Victim victim) {
        Points {
            writes = List.copyOf(writes);
        }

        /** As in {@code operator dies after write 3, 9 and 17}. */
        String words() {
            String last = String.valueOf(writes.get(writes.size() - 1));
            String numbers = writes.stream()
                    .limit(writes.size() - 1L)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            return victim.word() + " dies after write " + (numbers.isEmpty() ? last : numbers + " and " + last);
        }
    }

    Crash(Stage stage, Points points) {
        this.stage = stage;
        this.points = points;
    }

    /** Counts from now on. */
    void arm() {
        stage.gate().arm(Set.copyOf(points.writes()), WriteGate.Side.AFTER, this::strike);
    }

    /** The points that were reached, by their writes; not one that came while something was away. */
    Set<Integer> reached() {
        return Set.copyOf(reached);
    }

    /** Whether something is away that others would complain about. */
    boolean away() {
        return !reached.isEmpty() && !back;
    }

    private synchronized void strike(int write) {
        if (away()) {
            // Its writes may be under way on two connections.
            return;
        }
        switch (points.victim()) {
            case OPERATOR -> stage.operator().kill();
            case API_SERVER -> stage.api().killServer();
            case BROKER -> stage.broker().stop();
            case FLINK -> flinkProcess().ifPresent(ChildProcess::kill);
        }
        struck = System.nanoTime();
        back = false;
        reached.add(write);
    }

    /** One of all JobManagers and TaskManagers, another one in every play. */
    private Optional<ChildProcess> flinkProcess() {
        List<ChildProcess> all = stage.flink().clusters().stream()
                .flatMap(Crash::processes)
                .filter(ChildProcess::isAlive)
                .toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(points.writes().get(0) % all.size()));
    }

    private static Stream<ChildProcess> processes(FlinkCluster cluster) {
        return Stream.concat(Stream.of(cluster.jobManager()), cluster.taskManagers().stream());
    }

    /** Brings it back when it has been away for long enough. */
    synchronized void look() {
        if (away() && System.nanoTime() - struck > AWAY.toNanos()) {
            switch (points.victim()) {
                case OPERATOR -> stage.operator().start();
                case API_SERVER -> stage.api().startServer();
                case BROKER -> stage.broker().start();
                case FLINK -> {
                    // Its supervisor starts it again, as Kubernetes does with a pod.
                }
            }
            back = true;
        }
    }
}
