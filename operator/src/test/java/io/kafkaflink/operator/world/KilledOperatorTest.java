package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.operator.desired.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything a pipeline goes through, with the operator killed before and after each of its writes, the status write
 * included: the same end, no second savepoint, and a second pass that writes nothing.
 */
class KilledOperatorTest {
    private static final Duration LONG = Duration.ofMinutes(15);

    /**
     * A part of a pipeline's life.
     *
     * @param before what has happened until then
     * @param step what the operator is killed in
     */
    record Chapter(String name, List<Consumer<SimulatedWorld>> before, Consumer<SimulatedWorld> step) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Chapter> chapters() {
        Consumer<SimulatedWorld> created = world -> world.user(new PipelineText().yaml());
        Consumer<SimulatedWorld> suspended =
                world -> world.user(new PipelineText().suspended(true).yaml());
        Consumer<SimulatedWorld> crashing = world -> {
            world.jobs.simulation.flink().script(world.jobs.key(Slot.A), Behaviour.crashLoops());
            world.user(new PipelineText().lateness(9).yaml());
        };
        return List.of(
                new Chapter("created", List.of(), created),
                new Chapter(
                        "changed",
                        List.of(created),
                        world -> world.user(new PipelineText().lateness(9).yaml())),
                new Chapter(
                        "grown",
                        List.of(created),
                        world -> world.user(new PipelineText().partitions(4).yaml())),
                new Chapter("suspended", List.of(created), suspended),
                new Chapter("resumed", List.of(created, suspended), created),
                new Chapter(
                        "resumed with another spec",
                        List.of(created, suspended),
                        world -> world.user(new PipelineText().lateness(9).yaml())),
                new Chapter(
                        "taken back before the savepoint",
                        List.of(created, KilledOperatorTest::savepointFails),
                        world -> {
                            world.jobs.simulation.flink().unwritable(directory -> false);
                            world.user(new PipelineText().yaml());
                        }),
                new Chapter(
                        "repaired after a crash loop",
                        List.of(created, crashing),
                        world -> world.user(new PipelineText().lateness(11).yaml())),
                new Chapter(
                        "repaired after main() threw at the first start",
                        List.of(KilledOperatorTest::throwsAtFirst),
                        world -> world.user(new PipelineText().lateness(11).yaml())),
                new Chapter(
                        "repaired after main() threw in a change",
                        List.of(created, KilledOperatorTest::throwsInChange),
                        world -> world.user(new PipelineText().lateness(11).yaml())),
                new Chapter(
                        "repaired after a missing image at the first start",
                        List.of(world -> world.user(
                                new PipelineText().image("nowhere/job:1").yaml())),
                        created),
                new Chapter(
                        "repaired after a missing image in a change",
                        List.of(
                                created,
                                world -> world.user(new PipelineText()
                                        .image("nowhere/job:1")
                                        .yaml())),
                        world -> world.user(new PipelineText().lateness(11).yaml())),
                new Chapter("drift repaired", List.of(created), world -> {
                    world.jobs.meddle(Slot.A, "image", "registry.example/other:1");
                    world.user(new PipelineText().yaml());
                }),
                new Chapter("deleted", List.of(created), SimulatedWorld::delete),
                new Chapter("deleted while suspended", List.of(created, suspended), SimulatedWorld::delete));
    }

    private static void savepointFails(SimulatedWorld world) {
        world.jobs.simulation.flink().unwritable(directory -> true);
        world.user(new PipelineText().lateness(9).yaml());
    }

    private static void throwsAtFirst(SimulatedWorld world) {
        world.jobs.simulation.flink().script(world.jobs.key(Slot.A), Behaviour.throwsInMain("no such format"));
        world.user(new PipelineText().yaml());
    }

    private static void throwsInChange(SimulatedWorld world) {
        world.jobs.simulation.flink().script(world.jobs.key(Slot.A), Behaviour.throwsInMain("no such format"));
        world.user(new PipelineText().lateness(9).yaml());
    }

    @ParameterizedTest
    @MethodSource("chapters")
    @DisplayName("the same end wherever the operator is killed")
    void sameEnd(Chapter chapter) {
        SimulatedWorld undisturbed = run(chapter, Optional.empty());
        int writes = undisturbed.writes.size();
        assertThat(writes).isGreaterThan(1);

        for (int kill = 0; kill <= writes; kill++) {
            SimulatedWorld world = run(chapter, Optional.of(kill));
            assertThat(world.end())
                    .as("killed after write %d of %s", kill, undisturbed.writes)
                    .isEqualTo(undisturbed.end());
        }
    }

    /** The world at the end, checked; its writes are those of the step. */
    private static SimulatedWorld run(Chapter chapter, Optional<Integer> kill) {
        SimulatedWorld world = new SimulatedWorld();
        for (Consumer<SimulatedWorld> before : chapter.before()) {
            before.accept(world);
            world.settle(Duration.ofMinutes(3));
        }
        world.writes.clear();
        kill.ifPresent(after -> world.operator.endsAfter(after, SimulatedOperator.Fate.DIES));
        chapter.step().accept(world);
        world.settle(LONG);
        world.pass(Duration.ofSeconds(30));
        assertThat(world.kafka.faults()).isEmpty();
        if (!world.gone()) {
            assertThat(world.ready()).as(world.end()).isTrue();
            int before = world.writes.size();
            world.operate();
            assertThat(world.writes).as("a second pass").hasSize(before);
        }
        return world;
    }
}
