package io.kafkaflink.job.handover;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job's side of a handover: decides how the job starts, and waits with it as long as the operator wants. Killed and
 * started again at any point it does what is still to be done, and nothing twice.
 */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    static final Duration INTERVAL = Duration.ofMillis(500);
    /** Between progress lines, and between checks of a job that is not fit yet. */
    static final Duration PROGRESS = Duration.ofSeconds(30);

    private static final String RIGHTS = "; the job's service account needs get and update of ConfigMaps";

    private final HandoverMap map;
    private final Start start;
    private final Checks checks;
    private final Waiting waiting;
    private final Patience patience;

    /**
     * What Flink was started with.
     *
     * @param jobId null when Flink chooses one
     * @param recoveryPath set by the Flink operator
     * @param ordersOnly true when this job must never start without an order, whatever happens to the ConfigMap
     */
    record Start(String configHash, String jobId, Optional<String> recoveryPath, boolean ordersOnly) {
        /** What this job is to do, by what the ConfigMap says. */
        Standing standing(Optional<Map<String, String>> data) {
            return Standing.of(data, configHash, jobId, recoveryPath);
        }
    }

    /**
     * What becomes of it.
     *
     * @param plan how to start
     * @param expectation of the first own checkpoint; empty when nobody waits for a verification
     */
    record Departure(StartPlan plan, Optional<Expectation> expectation) {}

    Handover(HandoverMap map, Start start, Checks checks, Waiting waiting) {
        this.map = map;
        this.start = start;
        this.checks = checks;
        this.waiting = waiting;
        this.patience = new Patience(waiting);
    }

    /** Returns when the job may start. */
    Departure await() throws InterruptedException {
        Standing standing = patience.answer(this::standing, RIGHTS);
        Optional<Departure> departure = survived(standing);
        while (departure.isEmpty()) {
            departure = follow(standing);
            standing = departure.isEmpty() ? patience.answer(this::standing, RIGHTS) : standing;
        }
        return departure.get();
    }

    /**
     * A job with a checkpoint of its own has started before, whatever the ConfigMap lost of that. It is never armed or checked
     * again: its own commits would look like somebody else's.
     */
    private Optional<Departure> survived(Standing standing) throws InterruptedException {
        boolean waits = standing instanceof Standing.Arming
                || standing instanceof Standing.Going
                || (standing instanceof Standing.Alone && start.ordersOnly());
        Optional<String> own = waits && start.jobId() != null ? ownCheckpoint(0) : Optional.empty();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        LOG.info(
                "Job {} was started before, though nobody says so any more; goes on from {}", start.jobId(), own.get());
        StartPlan plan = new StartPlan(own, false, Optional.empty());
        if (standing instanceof Standing.Going going) {
            GoResult result = checks.startedBefore(going.order(), going.go());
            patience.answer(() -> map.write(HandoverKeys.RESULT, HandoverJson.write(result), isStill(going)), RIGHTS);
            return Optional.of(new Departure(plan, Optional.of(checks.expectation(going.go(), result))));
        }
        return Optional.of(new Departure(plan, Optional.empty()));
    }

    private Optional<String> ownCheckpoint(long after) throws InterruptedException {
        return new OwnCheckpoint(checks.checkpoints(start.jobId()), waiting).after(after);
    }

    private Standing standing() throws IOException {
        return start.standing(map.read());
    }

    /** @return empty when the ConfigMap says something else by now */
    private Optional<Departure> follow(Standing standing) throws InterruptedException {
        if (standing instanceof Standing.Arming arming) {
            new ArmedWait(map, start, checks, waiting, arming.order()).await();
            return Optional.empty();
        }
        if (standing instanceof Standing.Going going) {
            return go(going);
        }
        if (standing instanceof Standing.Gone gone) {
            return Optional.of(again(gone));
        }
        if (standing instanceof Standing.Continued continued) {
            Optional<String> own = ownCheckpoint(0);
            Optional<String> path =
                    own.or(() -> Optional.ofNullable(continued.result().savepoint()));
            return Optional.of(new Departure(new StartPlan(path, false, Optional.empty()), Optional.empty()));
        }
        if (standing instanceof Standing.Told told) {
            return Optional.of(told(told));
        }
        if (standing instanceof Standing.Barred barred) {
            throw new JobRefused("Handover ConfigMap " + map.name() + ": " + barred.message());
        }
        if (start.ordersOnly()) {
            unordered();
            return Optional.empty();
        }
        return Optional.of(new Departure(StartPlan.AS_CONFIGURED, Optional.empty()));
    }

    /** Says what is missing, and waits for it; an API server that is away is no reason to give up. */
    private void unordered() throws InterruptedException {
        Instant nextLine = waiting.now();
        Standing standing = new Standing.Alone();
        while (standing instanceof Standing.Alone) {
            if (!waiting.now().isBefore(nextLine)) {
                LOG.info(
                        "Waiting for an order: this FlinkDeployment never starts without one, job {} has no checkpoint of its"
                                + " own, and key {} of ConfigMap {} names no order for configuration {}",
                        start.jobId(),
                        HandoverKeys.ORDER,
                        map.name(),
                        start.configHash());
                nextLine = nextLine.plus(PROGRESS);
            }
            waiting.pause(INTERVAL);
            try {
                standing = standing();
            } catch (IOException e) {
                LOG.warn("Still without order: {}", e.getMessage());
            }
        }
    }

    private Optional<Departure> go(Standing.Going going) throws InterruptedException {
        Checks.Decision decision = checks.go(going.order(), going.go());
        String json = HandoverJson.write(decision.result());
        boolean written = patience.answer(() -> map.write(HandoverKeys.RESULT, json, isStill(going)), RIGHTS);
        if (!written) {
            return Optional.empty();
        }
        LOG.info("Go: {}", json);
        if (decision.result().outcome() == GoResult.Outcome.Refused) {
            throw new JobRefused(
                    "Start refused: " + decision.result().reasons().get(0).message());
        }
        return Optional.of(
                new Departure(checks.plan(going.go(), decision.result()), Optional.of(decision.expectation())));
    }

    /** Own checkpoints are newer than the savepoint. With high availability Flink finds them itself, without it does not. */
    private Departure again(Standing.Gone gone) throws InterruptedException {
        StartPlan plan = checks.plan(gone.go(), gone.result());
        Optional<String> own = ownCheckpoint(gone.result().checkpointId());
        LOG.info("Job {} was started before; goes on from {}", start.jobId(), own.or(plan::path));
        StartPlan goesOn = own.isPresent() ? new StartPlan(own, false, plan.offsets()) : plan;
        boolean verified = patience.answer(map::read, RIGHTS).orElse(Map.of()).containsKey(HandoverKeys.VERIFIED);
        return new Departure(
                goesOn, verified ? Optional.empty() : Optional.of(checks.expectation(gone.go(), gone.result())));
    }

    private Departure told(Standing.Told told) throws InterruptedException {
        boolean failover = told.checked() || ownCheckpoint(0).isPresent();
        if (!failover) {
            GoResult result = resumed(told);
            if (start.jobId() != null) {
                patience.answer(() -> map.write(HandoverKeys.RESULT, HandoverJson.write(result), data -> true), RIGHTS);
            }
            if (result.outcome() == GoResult.Outcome.Refused) {
                throw new JobRefused("Start refused: " + result.reasons().get(0).message());
            }
        }
        return new Departure(StartPlan.AS_CONFIGURED, Optional.empty());
    }

    private GoResult resumed(Standing.Told told) throws InterruptedException {
        List<Acknowledgement> accepted =
                told.order().map(ArmOrder::acknowledged).orElse(List.of());
        List<Finding> findings = new ArrayList<>(checks.told(told.path(), accepted));
        Optional<ArmOrder.Abandoned> abandoned = told.order().map(ArmOrder::abandoned);
        Optional<String> newer = abandoned.isEmpty()
                ? Optional.empty()
                : patience.answer(
                        () -> checks.newerState(abandoned.get(), told.path()),
                        "; whether job " + abandoned.get().jobId() + " had completed a checkpoint must be known first");
        newer.ifPresent(path -> findings.add(0, AbandonedWork.repeated(abandoned.get(), path, accepted)));
        return new GoResult(
                null,
                null,
                start.jobId(),
                Finding.worst(findings) == Verdict.Unfit ? GoResult.Outcome.Refused : GoResult.Outcome.Started,
                Finding.reasons(findings),
                null,
                0,
                told.path(),
                null,
                0,
                newer.orElse(null),
                waiting.now());
    }

    private Predicate<Map<String, String>> isStill(Standing expected) {
        return data -> start.standing(Optional.of(data)).equals(expected);
    }
}
