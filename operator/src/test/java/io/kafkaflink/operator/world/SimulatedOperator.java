package io.kafkaflink.operator.world;

import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.FlinkDeployments;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.CleanupPlan;
import io.kafkaflink.operator.plan.CleanupPlanner;
import io.kafkaflink.operator.plan.Memory;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.status.FailureReport;
import io.kafkaflink.operator.status.Notes;
import io.kafkaflink.operator.status.StatusReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The operator's process: observe, plan, report, apply, as {@code PipelineReconciler} does, without a client. It can die at
 * any write, or stand still there while another one takes over and then go on with what it had planned.
 */
final class SimulatedOperator {
    /** What happens at a write. */
    enum Fate {
        /** The process dies before it. */
        DIES,
        /** The process stands still before it, and does the rest much later. */
        STALLS,
        /** The API server refuses it (409, 500) or does not hear it; the pass ends, and the process looks again. */
        REFUSED,
        /** The API server does it, and the answer is lost; the pass ends, and the process looks again. */
        UNANSWERED,
        /** The API server takes no write for half a minute. */
        OUTAGE
    }

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private final SimulatedWorld world;
    private int writesLeft = Integer.MAX_VALUE;
    private Fate fate = Fate.DIES;
    private Instant refusedUntil = Instant.MIN;
    private boolean away;
    private final List<Runnable> stalled = new ArrayList<>();

    /** The process is not there any more. */
    private static final class Gone extends Exception {
        private static final long serialVersionUID = 1L;
    }

    SimulatedOperator(SimulatedWorld world) {
        this.world = world;
    }

    /** No process runs, until there is one again. */
    void away(boolean now) {
        away = now;
    }

    /** Its fate comes after so many writes from now; when it dies or stalls another one takes over at once. */
    void endsAfter(int writes, Fate how) {
        writesLeft = writes;
        fate = how;
    }

    /** Whether a former leader stands still somewhere. */
    boolean staleLeader() {
        return !stalled.isEmpty();
    }

    /** A former leader that stood still does what it had planned. */
    void staleLeadersWakeUp() {
        List<Runnable> rest = List.copyOf(stalled);
        stalled.clear();
        rest.forEach(Runnable::run);
    }

    /** One look, and another one by its successor when it ends; how long until the next. */
    Duration look() {
        if (away) {
            return LOOK_AGAIN;
        }
        try {
            return world.deletedAt() == null ? reconcile() : cleanUp();
        } catch (Gone e) {
            writesLeft = Integer.MAX_VALUE;
            world.writes.add("killed");
            return look();
        }
    }

    private Duration reconcile() throws Gone {
        Situation situation = world.situation();
        Plan plan = PipelinePlanner.plan(situation);
        PipelineStatus next = StatusReport.of(situation, plan);
        List<Write> writes = new ArrayList<>();
        Write report = new Write("status", () -> world.report(next, situation.memory()));
        // As PipelineReconciler: a step that is in status already needs no write before it.
        boolean ahead = !Memory.of(situation.memory()).equals(plan.memory());
        if (ahead) {
            writes.add(report);
        }
        plan.actions().forEach(action -> writes.add(write(action)));
        if (!ahead && !next.equals(situation.memory())) {
            writes.add(report);
        }
        return carryOut(writes) ? plan.recheckAfter() : LOOK_AGAIN;
    }

    private Duration cleanUp() throws Gone {
        Situation situation = world.situation();
        CleanupPlan plan = CleanupPlanner.plan(situation, world.deletedAt(), Duration.ofMinutes(10));
        List<Write> writes = new ArrayList<>();
        if (!plan.done()) {
            // As Reporter.dismantling.
            Refusal waiting = Refusal.waiting(Reasons.DELETING, "the pipeline is being deleted: " + plan.waitingFor());
            PipelineStatus next =
                    FailureReport.of(situation.memory(), situation.generation(), waiting, world.clock.instant());
            if (!next.equals(situation.memory())) {
                writes.add(new Write("status", () -> world.report(next, situation.memory())));
            }
        }
        plan.actions().forEach(action -> writes.add(write(action)));
        boolean done = carryOut(writes);
        if (done && plan.done()) {
            world.finalized();
        }
        return Duration.ofSeconds(5);
    }

    /**
     * One write.
     *
     * @param attempt false when the cluster has moved on since it was looked at
     */
    private record Write(String name, Attempt attempt) {}

    private interface Attempt {
        boolean succeeds();
    }

    private boolean carryOut(List<Write> writes) throws Gone {
        for (int i = 0; i < writes.size(); i++) {
            if (world.clock.instant().isBefore(refusedUntil)) {
                return false;
            }
            if (writesLeft-- == 0) {
                if (fate != Fate.DIES && fate != Fate.STALLS) {
                    fails(writes.get(i));
                    return false;
                }
                List<Write> rest = List.copyOf(writes.subList(i, writes.size()));
                if (fate == Fate.STALLS) {
                    stalled.add(() -> goOn(rest));
                }
                throw new Gone();
            }
            if (!did(writes.get(i), "")) {
                return false;
            }
        }
        return true;
    }

    private void fails(Write write) {
        writesLeft = Integer.MAX_VALUE;
        world.writes.add(fate + " " + write.name());
        if (fate == Fate.UNANSWERED) {
            did(write, "");
        } else if (fate == Fate.OUTAGE) {
            refusedUntil = world.clock.instant().plus(OUTAGE);
        }
    }

    private void goOn(List<Write> rest) {
        for (Write write : rest) {
            if (!did(write, "stale ")) {
                return;
            }
        }
    }

    private boolean did(Write write, String who) {
        boolean done = write.attempt().succeeds();
        if (done) {
            world.writes.add(who + write.name());
        }
        return done;
    }

    private Write write(Action action) {
        return new Write(name(action), () -> !outdated(action) && perform(action) && tell(action));
    }

    private boolean tell(Action action) {
        world.stored.accept(StoredWrite.of(world.second(), action));
        world.told.accept(Notes.of(action));
        return true;
    }

    private static String name(Action action) {
        String kind = action.getClass().getSimpleName();
        Optional<String> detail = Optional.empty();
        if (action instanceof Action.ApplyFlinkDeployment apply) {
            detail = Optional.of(apply.slot() + " " + apply.request().state().text()
                    + apply.mark().map(mark -> " " + mark.step()).orElse(""));
        } else if (action instanceof Action.DeleteFlinkDeployment delete) {
            detail = Optional.of(delete.slot().toString());
        } else if (action instanceof Action.WriteHandover handover) {
            detail = Optional.of(handover.slot() + (handover.go().isPresent() ? " go" : " order"));
        } else if (action instanceof Action.DeleteHandover handover) {
            detail = Optional.of(handover.slot().toString());
        }
        return detail.map(words -> kind + " " + words).orElse(kind);
    }

    /** What server-side apply with a resourceVersion answers with a conflict. */
    private boolean outdated(Action action) {
        if (action instanceof Action.ApplyFlinkDeployment apply) {
            return !Objects.equals(apply.expectedVersion(), world.jobs.version(apply.slot()));
        }
        if (action instanceof Action.WriteHandover handover) {
            return !Objects.equals(handover.expectedVersion(), world.jobs.handoverVersion(handover.slot()));
        }
        return action instanceof Action.DeleteFlinkDeployment delete
                && delete.expectedVersion() != null
                && world.jobs.version(delete.slot()) != null
                && !delete.expectedVersion().equals(world.jobs.version(delete.slot()));
    }

    private boolean perform(Action action) {
        if (action instanceof Action.ApplyTopic apply) {
            world.topics.apply(apply.topic(), SimulatedWorld.ID);
        } else if (action instanceof Action.DeleteTopic delete) {
            world.topics.delete(delete.resourceName());
        } else if (action instanceof Action.StoreRevision store) {
            world.revisions.putIfAbsent(store.revision().name(), store.revision());
        } else if (action instanceof Action.DeleteRevision delete) {
            world.revisions.remove(delete.name());
        } else if (action instanceof Action.DisownRevision disown) {
            world.unowned.add(disown.name());
        } else if (action instanceof Action.ApplyFlinkDeployment apply) {
            world.jobs.apply(
                    apply.slot(),
                    FlinkDeployments.of(
                            SimulatedWorld.ID, apply.slot(), apply.revision(), apply.request(), apply.mark()));
        } else if (action instanceof Action.DeleteFlinkDeployment delete) {
            world.jobs.delete(delete.slot());
        } else if (action instanceof Action.WriteHandover write) {
            world.jobs.applyHandover(write.slot(), write.order(), write.go());
        } else if (action instanceof Action.DeleteHandover delete) {
            world.jobs.deleteHandover(delete.slot());
        }
        return true;
    }
}
