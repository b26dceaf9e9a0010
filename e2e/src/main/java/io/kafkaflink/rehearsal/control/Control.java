package io.kafkaflink.rehearsal.control;

import io.kafkaflink.rehearsal.Waiting;
import io.kafkaflink.rehearsal.check.Outages;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.traffic.NumberedFlow;
import io.kafkaflink.rehearsal.traffic.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A change of a job by hand, under load, without our operator. {@link #BLIND} is the procedure of the Kafka connector's
 * documentation, "Upgrading to the Latest Connector Version"; {@link #PLAIN} is what everybody does with the Flink
 * operator.
 */
public enum Control {
    /**
     * Stop with savepoint, new uids of source and sink, start from the group's committed offsets with state left behind.
     * The last commit is usually not executed when a job stops, so that records are repeated.
     */
    BLIND("control-blind", "control: documented uid change") {
        @Override
        void change(Stage stage, BareJob job, Waiting waiting) {
            job.set("state", "suspended").apply();
            waiting.until("job suspended", STEP, job::notSuspended);
            job.set("state", "running").set("generation", "2").set("allowNonRestoredState", "true");
            job.apply();
            waiting.until("job RUNNING", STEP, job::notRunning);
        }

        @Override
        boolean asExpected(Verdict verdict) {
            return verdict.lost() == 0 && verdict.duplicated() > 0;
        }
    },
    /** One changed setting in one patch; the Flink operator stops with savepoint and starts again. Uids stay. */
    PLAIN("control-plain", "control: plain one-patch upgrade") {
        @Override
        void change(Stage stage, BareJob job, Waiting waiting) {
            job.set("bufferTimeout", "50 ms").apply();
            waiting.until("job RUNNING", STEP, job::notRunning);
        }

        @Override
        boolean asExpected(Verdict verdict) {
            return verdict.clean();
        }
    },
    /** The operator takes over a job, and its topics, that somebody has made by hand. */
    TAKEN_OVER("taken-over", "hand-made job taken over") {
        @Override
        void change(Stage stage, BareJob job, Waiting waiting) {
            job.set("state", "suspended").apply();
            waiting.until("job suspended", STEP, job::notSuspended);
            Successor successor = Successor.create(stage, job);
            waiting.until("pipeline Ready", STEP, successor::notReady);
        }

        @Override
        boolean asExpected(Verdict verdict) {
            return verdict.clean();
        }

        @Override
        void cleanUp(Stage stage, BareJob job, Waiting waiting) {
            Successor successor = Successor.of(stage, job);
            successor.delete();
            waiting.until("deletion of " + job.name(), STEP, successor::notGone);
        }
    };

    private static final Duration STEP = Duration.ofMinutes(4);
    private static final Duration SETTLE = Duration.ofSeconds(4);
    private static final int PARTITIONS = 4;

    private final String scenario;
    private final String title;

    Control(String scenario, String title) {
        this.scenario = scenario;
        this.title = title;
    }

    /** As in {@code make rehearse SCENARIO=name}. */
    public String scenario() {
        return scenario;
    }

    /** For the table. */
    public String title() {
        return title;
    }

    abstract void change(Stage stage, BareJob job, Waiting waiting);

    abstract boolean asExpected(Verdict verdict);

    /** What the change has made beside the job. */
    void cleanUp(Stage stage, BareJob job, Waiting waiting) {}

    /**
     * What it came to.
     *
     * @param expected whether the records came out as this kind of change lets them
     */
    public record Result(Verdict verdict, boolean expected, Optional<Duration> gap) {}

    /** Runs the job, changes it, compares what came out with what went in, and deletes the job. */
    public Result play(Stage stage, String namespace, String name, int perSecond, Progress progress) {
        stage.topics().create(name + "-in", PARTITIONS);
        stage.topics().createTimed(name + "-out", PARTITIONS);
        BareJob job = new BareJob(stage, namespace, name);
        try (NumberedFlow flow = new NumberedFlow(stage.bootstrapServers(), name + "-out", perSecond)) {
            Waiting waiting = new Waiting(progress, () -> {
                stage.check();
                flow.received();
            });
            Result result = play(stage, job, flow, waiting);
            cleanUp(stage, job, waiting);
            job.delete();
            waiting.until("deletion of " + name, STEP, () -> stage.flink().running(namespace, name));
            return result;
        }
    }

    private Result play(Stage stage, BareJob job, NumberedFlow flow, Waiting waiting) {
        job.apply();
        waiting.until("job RUNNING", STEP, job::notRunning);
        flow.send(job.name() + "-in", Route.pinned("", partition -> true));
        awaitOutput(flow, waiting);
        waiting.within(SETTLE, () -> false);
        Instant from = Instant.now();
        change(stage, job, waiting);
        awaitOutput(flow, waiting);
        Instant to = Instant.now();
        flow.stopSending();
        waiting.within(STEP, () -> flow.complete(0));
        waiting.within(SETTLE, () -> false);
        Verdict verdict = flow.verdict();
        return new Result(verdict, asExpected(verdict), flow.gap(from, to).map(Outages.Gap::length));
    }

    private static void awaitOutput(NumberedFlow flow, Waiting waiting) {
        long enough = flow.received() + flow.perSecond();
        waiting.until("numbered output", STEP, () -> {
            long missing = enough - flow.received();
            return missing <= 0 ? Optional.empty() : Optional.of(missing + " records to come");
        });
    }
}
