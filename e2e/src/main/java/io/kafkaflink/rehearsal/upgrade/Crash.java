package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.processes.ChildProcess;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.WriteGate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Something that dies right after the operator's n-th write since the scenario's first step, and comes back. */
final class Crash {
    /** Long enough for a Lease to be missed, short enough for a matrix of crashes. */
    private static final Duration AWAY = Duration.ofSeconds(2);

    private final Stage stage;
    private final Point point;
    private volatile long struck;
    private boolean back;

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

    /** @param write number of the write, from 1 */
    record Point(int write, Victim victim) {}

    Crash(Stage stage, Point point) {
        this.stage = stage;
        this.point = point;
    }

    /** Counts from now on. */
    void arm() {
        stage.gate().arm(point.write(), WriteGate.Side.AFTER, this::strike);
    }

    /** Whether the point was reached. */
    boolean reached() {
        return struck != 0;
    }

    /** Whether something is away that others would complain about. */
    boolean away() {
        return struck != 0 && !back;
    }

    private void strike() {
        switch (point.victim()) {
            case OPERATOR -> stage.operator().kill();
            case API_SERVER -> stage.api().killServer();
            case BROKER -> stage.broker().stop();
            case FLINK -> flinkProcess().ifPresent(ChildProcess::kill);
        }
        struck = System.nanoTime();
    }

    /** One of all JobManagers and TaskManagers, another one at every write. */
    private Optional<ChildProcess> flinkProcess() {
        List<ChildProcess> all = stage.flink().clusters().stream()
                .flatMap(Crash::processes)
                .filter(ChildProcess::isAlive)
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(point.write() % all.size()));
    }

    private static Stream<ChildProcess> processes(FlinkCluster cluster) {
        return Stream.concat(Stream.of(cluster.jobManager()), cluster.taskManagers().stream());
    }

    /** Brings it back when it has been away for long enough. */
    void look() {
        if (away() && System.nanoTime() - struck > AWAY.toNanos()) {
            switch (point.victim()) {
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
