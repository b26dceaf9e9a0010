package io.kafkaflink.operator.world;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.world.Scenario.End;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A job does not run, or is stopped by others, while a change is wanted that needs its savepoint. */
final class RepairScenarios {
    private static final PipelineText PLAIN = new PipelineText();
    private static final Duration DOWNTIME = Duration.ofSeconds(40);

    private RepairScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "repaired after growth was taken back",
                        List.of(user(PLAIN), growthFails(), user(PLAIN.partitions(4))),
                        breaksAnd(PLAIN.partitions(4).lateness(9)),
                        End.READY),
                new Scenario(
                        "repaired before it gets new uids",
                        List.of(user(PLAIN)),
                        breaksAnd(PLAIN.upgrade("uidChangeNonce", 1).lateness(9)),
                        End.READY),
                new Scenario(
                        "repaired by setting bad records aside",
                        List.of(user(PLAIN)),
                        breaksAnd(PLAIN.settingBadRecordsAside()),
                        End.READY),
                new Scenario(
                        "armed job edited by others, Flink operator away",
                        List.of(user(PLAIN)),
                        world -> {
                            world.once(
                                    seen -> seen.step().filter("Stop"::equals).isPresent(), seen -> {
                                        seen.jobs.simulation.killOperatorAfter(0, DOWNTIME);
                                        seen.jobs.meddle(Slot.B, "image", "registry.example/other:1");
                                    });
                            world.user(PLAIN.upgrade("uidChangeNonce", 1).yaml());
                        },
                        End.READY_OR_ROLLED_BACK));
    }

    private static Consumer<SimulatedWorld> growthFails() {
        return world -> {
            world.jobs.behave(Slot.B, Behaviour.withoutCheckpoints(), 1);
            world.user(PLAIN.partitions(4).yaml());
        };
    }

    private static Consumer<SimulatedWorld> breaksAnd(PipelineText text) {
        return world -> {
            world.jobs.simulation.flink().breakJob(world.jobs.key(Slot.A));
            world.pass(Duration.ofSeconds(30));
            world.user(text.yaml());
        };
    }

    private static Consumer<SimulatedWorld> user(PipelineText text) {
        return world -> world.user(text.yaml());
    }
}
