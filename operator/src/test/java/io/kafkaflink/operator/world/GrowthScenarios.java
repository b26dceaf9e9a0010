package io.kafkaflink.operator.world;

import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.world.Scenario.End;
import java.util.List;
import java.util.function.Consumer;

/** A topic grows, and the order of each key is kept. */
final class GrowthScenarios {
    private static final PipelineText BEFORE = new PipelineText().drained();
    private static final PipelineText GROWN = BEFORE.partitions(4);

    private GrowthScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario("growth drained", List.of(user(BEFORE)), user(GROWN), End.READY),
                new Scenario(
                        "growth drained from an unpinned job",
                        List.of(user(new PipelineText())),
                        user(GROWN),
                        End.READY),
                new Scenario(
                        "growth drained twice",
                        List.of(user(BEFORE), user(GROWN)),
                        user(BEFORE.partitions(8)),
                        End.READY),
                new Scenario(
                        "growth drained, grown before the first start",
                        List.of(),
                        world -> {
                            world.once(seen -> seen.topics.partitions("in") == 2, seen -> seen.user(GROWN.yaml()));
                            world.user(BEFORE.yaml());
                        },
                        End.READY),
                meanwhile("growth drained, grown again while draining", GROWN, user(BEFORE.partitions(8)), End.READY),
                meanwhile("growth drained and suspended in the middle", GROWN, user(GROWN.suspended(true)), End.READY),
                new Scenario(
                        "growth drained after a suspension in the middle",
                        List.of(user(BEFORE), drainingOnce(GROWN, user(GROWN.suspended(true)))),
                        user(GROWN),
                        End.READY),
                meanwhile(
                        "growth drained, JobManager killed while draining",
                        GROWN,
                        world -> world.jobs.killJobManager(Slot.B, Scenarios.OUTAGE),
                        End.READY),
                meanwhile(
                        "growth drained, JobManager of the old job killed while draining",
                        GROWN,
                        world -> world.jobs.killJobManager(Slot.A, Scenarios.OUTAGE),
                        End.READY),
                meanwhile("growth drained, status lost while draining", GROWN, SimulatedWorld::loseStatus, End.READY),
                meanwhile("growth drained, deleted while draining", GROWN, SimulatedWorld::delete, End.GONE),
                meanwhile(
                        "growth drained, old job stuck",
                        GROWN.upgrade("stepTimeouts", "{drain: 1m}"),
                        world -> world.jobs.failCheckpoints(Slot.A),
                        End.ROLLED_BACK));
    }

    private static Scenario meanwhile(String name, PipelineText to, Consumer<SimulatedWorld> what, End end) {
        return new Scenario(name, List.of(user(BEFORE)), drainingOnce(to, what), end);
    }

    private static Consumer<SimulatedWorld> drainingOnce(PipelineText to, Consumer<SimulatedWorld> what) {
        return world -> {
            world.once(seen -> seen.step().filter("Drain"::equals).isPresent(), what);
            world.user(to.yaml());
        };
    }

    private static Consumer<SimulatedWorld> user(PipelineText text) {
        return world -> world.user(text.yaml());
    }
}
