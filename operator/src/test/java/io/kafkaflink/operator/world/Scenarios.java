package io.kafkaflink.operator.world;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.flink.Outage;
import io.kafkaflink.doubles.job.HandoverScript;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.world.Scenario.End;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Everything that a pipeline goes through. */
final class Scenarios {
    private static final PipelineText PLAIN = new PipelineText();
    private static final Duration SLOW = Duration.ofMinutes(3);
    static final Outage OUTAGE = new Outage(Duration.ofSeconds(6), Duration.ofSeconds(6), false);

    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(changes());
        all.addAll(aborts());
        all.addAll(rollbacks());
        all.addAll(GrowthScenarios.all());
        all.addAll(RepairScenarios.all());
        all.addAll(ConsentScenarios.all());
        all.addAll(CompletionScenarios.all());
        all.addAll(interruptions());
        all.addAll(deletions());
        return all;
    }

    private static List<Scenario> changes() {
        PipelineText line1 = PLAIN.versions("v1_20", "3.3.0");
        PipelineText line2 = PLAIN.versions("v1_20", "3.4.0");
        PipelineText combined = PLAIN.upgrade("versionPolicy", "CombinedWithHandover");
        Consumer<SimulatedWorld> created = user(PLAIN);
        Consumer<SimulatedWorld> suspended = user(PLAIN.suspended(true));
        return List.of(
                new Scenario("first start", List.of(), created, End.READY),
                change("configuration", PLAIN, PLAIN.lateness(9)),
                change(
                        "configuration, without TaskManagers ahead",
                        PLAIN.upgrade("strategy", "Lean"),
                        PLAIN.upgrade("strategy", "Lean").lateness(9)),
                change("growth", PLAIN, PLAIN.partitions(4)),
                change("subscription", PLAIN, PLAIN.alsoReads("more")),
                change("connector", line1, line2),
                change("connector with new uids", line1, line2.upgrade("uidPolicy", "NewUids")),
                change("Flink", PLAIN.versions("v2_1", "5.0.0"), PLAIN),
                change("Flink and connector", combined.versions("v1_20", "3.4.0"), combined),
                change("uids by nonce", PLAIN, PLAIN.upgrade("uidChangeNonce", 1)),
                new Scenario("suspended", List.of(created), suspended, End.READY),
                new Scenario("resumed", List.of(created, suspended), created, End.READY),
                new Scenario("resumed otherwise", List.of(created, suspended), user(PLAIN.lateness(9)), End.READY),
                new Scenario(
                        "resumed with new uids",
                        List.of(created, suspended),
                        user(PLAIN.upgrade("uidChangeNonce", 1)),
                        End.READY));
    }

    /** What fails before the old job is stopped. */
    private static List<Scenario> aborts() {
        return List.of(
                failing("image cannot be pulled", text -> text.image("nowhere/job:1"), Behaviour.healthy()),
                failing("main() throws", text -> text, Behaviour.throwsInMain("no such format")),
                failing(
                        "unfit",
                        text -> text,
                        Behaviour.checks(HandoverScript.found(
                                Verdict.Unfit, Reason.of("TopicMissing", "topic out: found nothing")))),
                failing(
                        "no quota",
                        text -> text,
                        Behaviour.heldUp("FailedCreate", "pods \"p1-b\" is forbidden: exceeded quota")),
                failing(
                        "Secret missing",
                        text -> text,
                        Behaviour.heldUp("FailedMount", "MountVolume.SetUp failed: secret \"user\" not found")),
                new Scenario(
                        "savepoint fails",
                        List.of(user(PLAIN)),
                        world -> {
                            world.jobs.simulation.flink().unwritable(directory -> true);
                            world.user(PLAIN.lateness(9).yaml());
                        },
                        End.ROLLED_BACK));
    }

    /** What fails after the old job has stopped. */
    private static List<Scenario> rollbacks() {
        Reason expired = Reason.of("RecordsExpired", "in-0 begins at 1800 instead of 1500");
        return List.of(
                failing("go refused", text -> text, Behaviour.checks(HandoverScript.refuses(expired))),
                failing("crash loop after the go", text -> text, Behaviour.crashLoops()),
                failing(
                        "crash loop after the go, new uids",
                        text -> text.upgrade("uidChangeNonce", 1),
                        Behaviour.crashLoops()),
                failing("no first checkpoint", text -> text, Behaviour.withoutCheckpoints()),
                new Scenario(
                        "no first checkpoint, old job slow to come back",
                        List.of(user(PLAIN)),
                        Scenarios::comesBackSlowly,
                        End.ROLLED_BACK));
    }

    /** Slower than the limit of a start: no reason to try what was given up once more. */
    private static void comesBackSlowly(SimulatedWorld world) {
        world.once(at("Rollback"), rolling -> {
            Instant late = rolling.clock.instant().plus(SLOW);
            rolling.jobs.behave(Slot.A, Behaviour.heldUp("FailedMount", "timed out waiting for volume state"), 1);
            rolling.once(
                    seen -> seen.clock.instant().isAfter(late),
                    seen -> seen.jobs.simulation.flink().letUp(seen.jobs.key(Slot.A)));
        });
        failed(PLAIN.lateness(9).upgrade("stepTimeouts", "{start: 30s}"), Behaviour.withoutCheckpoints())
                .accept(world);
    }

    private static Predicate<SimulatedWorld> at(String step) {
        return seen -> seen.step().filter(step::equals).isPresent();
    }

    /** What comes in between. */
    private static List<Scenario> interruptions() {
        Consumer<SimulatedWorld> created = user(PLAIN);
        return List.of(
                meanwhile("JobManager killed while armed", "Arm", killNew(), End.READY),
                meanwhile("JobManager of the old job killed while armed", "Arm", killOld(), End.READY),
                meanwhile("JobManager killed after the go", "Go", killNew(), End.READY),
                meanwhile("JobManager killed before the first checkpoint", "Verify", killNew(), End.READY),
                meanwhile("taken back while armed", "Arm", user(PLAIN), End.READY),
                meanwhile("taken back while stopping", "Stop", user(PLAIN), End.READY),
                meanwhile("changed again while armed", "Arm", user(PLAIN.lateness(11)), End.READY),
                meanwhile("changed again after the stop", "Verify", user(PLAIN.lateness(11)), End.READY),
                meanwhile("suspended while armed", "Arm", user(PLAIN.suspended(true)), End.READY),
                meanwhile(
                        "suspended after the stop",
                        "Verify",
                        user(PLAIN.lateness(9).suspended(true)),
                        End.READY),
                meanwhile("deleted while armed", "Arm", SimulatedWorld::delete, End.GONE),
                meanwhile("deleted while stopping", "Stop", SimulatedWorld::delete, End.GONE),
                meanwhile("deleted after the go", "Verify", SimulatedWorld::delete, End.GONE),
                meanwhile("status lost while armed", "Arm", SimulatedWorld::loseStatus, End.READY),
                meanwhile("status lost while stopping", "Stop", SimulatedWorld::loseStatus, End.READY),
                meanwhile("status lost after the go", "Verify", SimulatedWorld::loseStatus, End.READY),
                new Scenario(
                        "tried again after a rollback",
                        List.of(created, failed(PLAIN.lateness(9), Behaviour.crashLoops())),
                        failed(PLAIN.lateness(9).upgrade("retryNonce", 1), Behaviour.healthy()),
                        End.READY),
                new Scenario(
                        "given up after a rollback",
                        List.of(created, failed(PLAIN.lateness(9), Behaviour.crashLoops())),
                        created,
                        End.READY),
                new Scenario(
                        "foreign edit",
                        List.of(created),
                        world -> {
                            world.jobs.meddle(Slot.A, "image", "registry.example/other:1");
                            world.operate();
                        },
                        End.READY));
    }

    private static List<Scenario> deletions() {
        return List.of(
                new Scenario("deleted", List.of(user(PLAIN)), SimulatedWorld::delete, End.GONE),
                new Scenario(
                        "deleted while suspended",
                        List.of(user(PLAIN), user(PLAIN.suspended(true))),
                        SimulatedWorld::delete,
                        End.GONE),
                new Scenario(
                        "deleted after a rollback",
                        List.of(user(PLAIN), failed(PLAIN.lateness(9), Behaviour.crashLoops())),
                        SimulatedWorld::delete,
                        End.GONE));
    }

    private static Scenario change(String name, PipelineText from, PipelineText to) {
        return new Scenario(name, List.of(user(from)), user(to), End.READY);
    }

    private static Scenario failing(String name, UnaryOperator<PipelineText> how, Behaviour behaviour) {
        return new Scenario(
                name, List.of(user(PLAIN)), failed(how.apply(PLAIN.lateness(9)), behaviour), End.ROLLED_BACK);
    }

    /** Jobs of the slot that is free now behave so from now on. */
    private static Consumer<SimulatedWorld> failed(PipelineText text, Behaviour behaviour) {
        return world -> {
            world.jobs.behave(Slot.B, behaviour, 3);
            world.user(text.yaml());
        };
    }

    private static Scenario meanwhile(String name, String step, Consumer<SimulatedWorld> what, End end) {
        return new Scenario(
                name,
                List.of(user(PLAIN)),
                world -> {
                    world.once(at(step), what);
                    world.user(PLAIN.lateness(9).yaml());
                },
                end);
    }

    private static Consumer<SimulatedWorld> killNew() {
        return world -> world.jobs.killJobManager(Slot.B, OUTAGE);
    }

    private static Consumer<SimulatedWorld> killOld() {
        return world -> world.jobs.killJobManager(Slot.A, OUTAGE);
    }

    private static Consumer<SimulatedWorld> user(PipelineText text) {
        return world -> world.user(text.yaml());
    }
}
