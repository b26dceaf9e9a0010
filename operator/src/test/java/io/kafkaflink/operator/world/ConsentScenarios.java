package io.kafkaflink.operator.world;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.world.Scenario.End;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What waits for a person's word, and what has to be done without a savepoint that does not come. */
final class ConsentScenarios {
    private static final PipelineText PLAIN = new PipelineText();
    private static final PipelineText CHANGED = PLAIN.lateness(9);
    private static final PipelineText ASKING = CHANGED.upgrade("approval", "Manual");
    private static final Predicate<SimulatedWorld> ASKED = reasoned(Reasons.AWAITING_APPROVAL);

    private ConsentScenarios() {}

    static List<Scenario> all() {
        return List.of(
                of("approved", ASKING, ASKED, ConsentScenarios::approve, End.READY),
                of(
                        "approval expired",
                        ASKING.upgrade("stepTimeouts", "{approval: 3m}"),
                        ASKED,
                        world -> {},
                        End.ROLLED_BACK),
                of(
                        "edited while approval is awaited",
                        ASKING,
                        ASKED,
                        world -> {
                            String before = world.status.plan().id();
                            world.once(
                                    ASKED.and(seen -> !seen.status.plan().id().equals(before)),
                                    seen -> approve(seen, ASKING.lateness(11)));
                            world.user(ASKING.lateness(11).yaml());
                        },
                        End.READY),
                new Scenario(
                        "rollback on request",
                        List.of(user(PLAIN), user(CHANGED)),
                        world -> {
                            world.once(
                                    reasoned(Reasons.REPEATED_OUTPUT),
                                    seen -> seen.user(CHANGED.acknowledging(
                                                    "RepeatedOutput",
                                                    seen.status.lastUpgrade().id())
                                            .yaml()));
                            world.annotate(Map.of("kafkaflink.io/request", "rollback/1"));
                        },
                        End.WENT_BACK),
                new Scenario(
                        "rollback asked for, spec changed instead",
                        List.of(user(PLAIN), user(CHANGED)),
                        world -> {
                            world.once(
                                    reasoned(Reasons.REPEATED_OUTPUT),
                                    seen -> seen.user(CHANGED.lateness(12).yaml()));
                            world.annotate(Map.of("kafkaflink.io/request", "rollback/1"));
                        },
                        End.READY),
                of(
                        "savepoint hangs",
                        CHANGED.upgrade("stepTimeouts", "{savepoint: 2m}"),
                        at("Arm"),
                        world -> {
                            world.jobs.simulation.flink().stopsHang(true);
                            world.once(at("Abort"), seen -> {
                                // The Flink operator may ask once more before it is told otherwise.
                                seen.jobs.simulation.flink().stopsHang(false);
                                seen.jobs.killJobManager(Slot.A, Scenarios.OUTAGE);
                            });
                        },
                        End.ROLLED_BACK),
                new Scenario(
                        "deleted while the job restarts for ever",
                        List.of(user(PLAIN)),
                        world -> {
                            world.jobs.simulation.flink().breakJob(world.jobs.key(Slot.A));
                            world.pass(Duration.ofSeconds(40));
                            world.delete();
                        },
                        End.GONE),
                new Scenario(
                        "deleted while the job restarts, and then runs",
                        List.of(user(PLAIN)),
                        world -> {
                            world.jobs.simulation.flink().breakJob(world.jobs.key(Slot.A));
                            world.pass(Duration.ofSeconds(40));
                            world.delete();
                            world.pass(Duration.ofSeconds(20));
                            world.jobs.mend(Slot.A);
                        },
                        End.GONE));
    }

    private static Scenario of(
            String name, PipelineText to, Predicate<SimulatedWorld> seen, Consumer<SimulatedWorld> what, End end) {
        return new Scenario(
                name,
                List.of(user(PLAIN)),
                world -> {
                    world.once(seen, what);
                    world.user(to.yaml());
                },
                end);
    }

    private static void approve(SimulatedWorld world) {
        approve(world, ASKING);
    }

    private static void approve(SimulatedWorld world, PipelineText text) {
        String plan = "\"" + world.status.plan().id() + "\"";
        world.user(text.upgrade("approvedPlan", plan).yaml());
    }

    private static Predicate<SimulatedWorld> reasoned(String reason) {
        return world -> world.condition("Ready")
                .map(Condition::reason)
                .filter(reason::equals)
                .isPresent();
    }

    private static Predicate<SimulatedWorld> at(String step) {
        return world -> world.step().filter(step::equals).isPresent();
    }

    private static Consumer<SimulatedWorld> user(PipelineText text) {
        return world -> world.user(text.yaml());
    }
}
