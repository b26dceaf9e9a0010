package io.kafkaflink.operator.world;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.flink.FlinkJobState;
import io.kafkaflink.doubles.flink.Outage;
import io.kafkaflink.doubles.job.HandoverScript;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.world.SimulatedOperator.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * An eventful life of a pipeline, drawn from a seed: edits of every kind, whatever can fail or be killed in between, in the
 * end everything heals.
 */
final class RandomLife {
    private static final int EVENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final Random random;
    private final SimulatedWorld world = new SimulatedWorld();
    private final List<String> events = new ArrayList<>();
    private PipelineText text;
    private int nonce;

    RandomLife(long seed) {
        this.random = new Random(seed);
        this.text = one(
                new PipelineText(),
                new PipelineText().versions("v2_1", "5.0.0"),
                new PipelineText().upgrade("strategy", "Lean"),
                new PipelineText().drained());
    }

    /** Changes that were carried out or taken back. */
    int upgrades() {
        return world.upgrades();
    }

    /** What went wrong, in words. */
    List<String> live() {
        try {
            edit("created", text);
            world.pass(Duration.ofSeconds(random.nextInt(120)));
            for (int i = 0; i < EVENTS; i++) {
                somebodyDies();
                happen();
                world.pass(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 12 : 200)));
            }
            heal();
            world.operator.staleLeadersWakeUp();
            world.pass(Duration.ofMinutes(2));
            return Judgement.of(world, Scenario.End.READY).stream()
                    .map(wrong -> wrong + ", after " + events + ", writes " + world.writes)
                    .toList();
        } catch (RuntimeException e) {
            return List.of(e + " " + List.of(e.getStackTrace()).subList(0, 3) + ", after " + events + ", writes "
                    + world.writes);
        }
    }

    private void somebodyDies() {
        int after = random.nextInt(8);
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                Fate fate = one(Fate.values());
                say("operator " + fate + " after " + after + " writes");
                world.operator.endsAfter(after, fate);
            }
            case 2 -> {
                Duration downtime = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 4_000 : 90_000));
                say("Flink operator dies after " + 4 * after + " effects for " + downtime);
                world.jobs.simulation.killOperatorAfter(4 * after, downtime);
            }
            case 3 -> {
                say("Topic Operator dies after " + after + " writes");
                world.topics.killAfter(after);
            }
            case 4 -> {
                if (world.operator.staleLeader()) {
                    say("stale leader wakes up");
                    world.operator.staleLeadersWakeUp();
                }
            }
            default -> {
                // This time they live.
            }
        }
    }

    private void happen() {
        switch (random.nextInt(14)) {
            case 0, 1 -> edit("configuration", text.lateness(5 + random.nextInt(4)));
            case 2 -> edit("uids", text.upgrade("uidChangeNonce", ++nonce));
            case 3 -> edit("growth", text.partitions(Math.max(text.partitions(), growth())));
            case 4 -> edit("suspend " + !text.suspended(), text.suspended(!text.suspended()));
            case 5 -> edit("Flink", text.versions("v2_2", "5.0.0"));
            case 6 -> edit("image", text.image(random.nextBoolean() ? "nowhere/job:1" : null));
            case 7, 8 -> willFail();
            case 9 -> breaks();
            case 10 -> dies();
            case 11, 12 -> consents();
            default -> meddle();
        }
    }

    /** Changes wait for a person from now on or no longer; a person says yes to one, or asks for the way back. */
    private void consents() {
        switch (random.nextInt(4)) {
            case 0 -> edit("approval Manual", text.upgrade("approval", "Manual"));
            case 1 -> edit("approval Automatic", text.upgrade("approval", "Automatic"));
            case 2 -> {
                say("rollback asked for, repeated output not accepted");
                world.annotate(Map.of("kafkaflink.io/request", "rollback/" + ++nonce));
            }
            default -> {
                if (world.status.plan() != null) {
                    edit(
                            "approved",
                            text.upgrade(
                                    "approvedPlan", "\"" + world.status.plan().id() + "\""));
                }
            }
        }
    }

    private int growth() {
        return text.ordered() ? 2 << random.nextInt(3) : 2 + 2 * random.nextInt(3);
    }

    /** The next job of a slot is no good, and a change makes one. */
    private void willFail() {
        Behaviour behaviour = one(
                Behaviour.crashLoops(),
                Behaviour.throwsInMain("no"),
                Behaviour.withoutCheckpoints(),
                Behaviour.checks(HandoverScript.found(Verdict.Unfit, Reason.of("TopicMissing", "no topic"))),
                Behaviour.checks(HandoverScript.found(Verdict.Unknown, Reason.of("TopicUnknown", "no answer"))),
                Behaviour.checks(HandoverScript.refuses(Reason.of("RecordsExpired", "too old"))),
                Behaviour.checks(HandoverScript.failsVerification(Reason.of("PartitionsMissing", "one"))),
                Behaviour.heldUp("FailedCreate", "pods \"p1\" is forbidden: exceeded quota: small"),
                Behaviour.heldUp("FailedMount", "MountVolume.SetUp failed for volume: secret \"user\" not found"));
        Slot slot = one(Slot.A, Slot.B);
        world.jobs.behave(slot, behaviour, 1);
        edit("next job of " + slot + " " + behaviour, text.lateness(text.lateness() + 10));
    }

    private void breaks() {
        switch (random.nextInt(5)) {
            case 0 -> {
                say("savepoints fail");
                world.jobs.simulation.flink().unwritable(directory -> true);
            }
            case 1 -> {
                say("savepoints work");
                world.jobs.simulation.flink().unwritable(directory -> false);
            }
            case 2 -> {
                Slot slot = one(Slot.A, Slot.B);
                if (world.jobs.state(slot).equals(Optional.of(FlinkJobState.RUNNING))) {
                    say("job of " + slot + " restarts for ever");
                    world.jobs.simulation.flink().breakJob(world.jobs.key(slot));
                }
            }
            case 3 -> {
                say("stops hang");
                world.jobs.simulation.flink().stopsHang(true);
            }
            default -> {
                say("topics paused");
                world.topics.pause(true);
            }
        }
    }

    private void dies() {
        Slot slot = one(Slot.A, Slot.B);
        int seconds = 1 + random.nextInt(20);
        say("JobManager of " + slot + " dies for " + seconds + " s");
        world.jobs.killJobManager(
                slot, new Outage(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), random.nextBoolean()));
    }

    /** Somebody else changes what is ours, or throws our status away. */
    private void meddle() {
        if (random.nextBoolean() && !world.jobs.seen().isEmpty()) {
            say("status lost");
            world.loseStatus();
        } else if (world.jobs.seen().containsKey(Slot.A)
                && !world.jobs.seen().get(Slot.A).deleting()) {
            say("foreign edit");
            world.jobs.meddle(Slot.A, "image", "registry.example/other:1");
        }
    }

    /** Whatever was broken is mended, and the user sees to a spec that can run. */
    private void heal() {
        say("heal");
        world.operator.endsAfter(Integer.MAX_VALUE, Fate.DIES);
        world.jobs.simulation.killOperatorAfter(Integer.MAX_VALUE, Duration.ZERO);
        world.jobs.simulation.flink().unwritable(directory -> false);
        world.jobs.simulation.flink().stopsHang(false);
        world.topics.pause(false);
        for (Slot slot : Slot.values()) {
            world.jobs.behave(slot, Behaviour.healthy(), 0);
            world.jobs.simulation.flink().letUp(world.jobs.key(slot));
            world.jobs.mend(slot);
            // A stop that hangs ends with its JobManager.
            world.jobs.killJobManager(slot, Scenarios.OUTAGE);
        }
        edit(
                "good",
                text.upgrade("approval", "Automatic")
                        .image(null)
                        .suspended(false)
                        .lateness(100)
                        .upgrade("retryNonce", ++nonce));
        world.settle(PATIENCE);
        for (int again = 0; again < 2 && !world.ready(); again++) {
            edit("another one", text.lateness(text.lateness() + 1));
            world.settle(PATIENCE);
        }
    }

    private void edit(String what, PipelineText next) {
        say(what);
        text = next;
        world.user(text.yaml());
    }

    private void say(String event) {
        events.add(world.clock.instant().toString().substring(11, 19) + " " + event);
    }

    @SafeVarargs
    private <T> T one(T... these) {
        return these[random.nextInt(these.length)];
    }
}
