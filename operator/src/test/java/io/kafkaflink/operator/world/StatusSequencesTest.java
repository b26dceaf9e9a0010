package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.operator.GoldenFile;
import io.kafkaflink.operator.desired.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What tools see of a pipeline in the parts of its life, recorded for the tests of {@code e2e/install}, which ask the
 * tools what they make of it.
 */
class StatusSequencesTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/sequences");
    private static final PipelineText PLAIN = new PipelineText();
    private static final PipelineText CHANGED = PLAIN.lateness(9);
    private static final PipelineText BOUNDED = PLAIN.upTo("Latest");
    private static final int LARGEST = 200_000;

    private static final Map<String, Consumer<Life>> LIVES = Map.ofEntries(
            Map.entry("first-start", life -> life.user(PLAIN)),
            Map.entry("configuration", life -> life.begins(PLAIN).user(CHANGED)),
            Map.entry("connector-with-new-uids", life -> {
                life.begins(PLAIN.versions("v1_20", "3.3.0"));
                life.user(PLAIN.versions("v1_20", "3.4.0").upgrade("uidPolicy", "NewUids"));
            }),
            Map.entry("rolled-back-before-the-stop", life -> life.begins(PLAIN)
                    .behaves(Slot.B, Behaviour.throwsInMain("no such format"))
                    .user(CHANGED)),
            Map.entry("rolled-back-after-the-go", life -> life.begins(PLAIN)
                    .behaves(Slot.B, Behaviour.crashLoops())
                    .user(CHANGED)
                    .behaves(Slot.B, Behaviour.healthy())
                    .user(CHANGED.upgrade("retryNonce", 1))),
            Map.entry("suspended-and-resumed", life -> life.begins(PLAIN)
                    .user(PLAIN.suspended(true))
                    .user(PLAIN)
                    .annotates(Map.of("kafkaflink.io/suspend", "true"))
                    .annotates(Map.of())),
            Map.entry("approved", life -> {
                PipelineText asking = CHANGED.upgrade("approval", "Manual");
                life.begins(PLAIN);
                life.once(
                        seen -> seen.status.plan() != null,
                        seen -> asking.upgrade(
                                "approvedPlan", "\"" + seen.status.plan().id() + "\""));
                life.user(asking);
            }),
            Map.entry("refused-and-corrected", life -> life.begins(PLAIN)
                    .user(PLAIN.upgrade("uidChangeNonce", 1).partitions(1))
                    .user(PLAIN)),
            Map.entry("changed-again-in-the-middle", life -> {
                life.begins(PLAIN);
                life.once(seen -> seen.step().filter("Verify"::equals).isPresent(), seen -> PLAIN.lateness(11));
                life.user(CHANGED);
            }),
            Map.entry("completed", life -> life.begins(BOUNDED)
                    .finishes()
                    .user(BOUNDED.lateness(9))
                    .user(BOUNDED)
                    .user(BOUNDED.suspended(true))),
            Map.entry("deleted", life -> life.begins(PLAIN).deletes()));

    /** A world that is recorded from some moment on. */
    private static final class Life {
        private final SimulatedWorld world = new SimulatedWorld();
        private final StatusSequence sequence = new StatusSequence();

        Life begins(PipelineText text) {
            world.user(text.yaml());
            world.settle(Scenario.LONGEST);
            sequence.add(world);
            world.reported = status -> sequence.add(world);
            return this;
        }

        Life user(PipelineText text) {
            world.reported = status -> sequence.add(world);
            return happens(seen -> seen.user(text.yaml()));
        }

        Life annotates(Map<String, String> annotations) {
            return happens(seen -> seen.annotate(annotations));
        }

        Life finishes() {
            world.jobs.finish(Slot.A);
            world.pass(Duration.ofMinutes(3));
            return this;
        }

        Life deletes() {
            return happens(SimulatedWorld::delete);
        }

        Life behaves(Slot slot, Behaviour behaviour) {
            world.jobs.behave(slot, behaviour, 3);
            return this;
        }

        void once(Predicate<SimulatedWorld> when, Function<SimulatedWorld, PipelineText> text) {
            world.once(when, seen -> {
                seen.user(text.apply(seen).yaml());
                sequence.add(seen);
            });
        }

        private Life happens(Consumer<SimulatedWorld> change) {
            change.accept(world);
            sequence.add(world);
            world.pass(SimulatedWorld.STEP);
            world.settle(Scenario.LONGEST);
            return this;
        }
    }

    @TestFactory
    List<DynamicTest> recorded() {
        List<DynamicTest> tests = new ArrayList<>();
        LIVES.forEach((name, events) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            Life life = new Life();
            events.accept(life);
            GoldenFile.assertMatches(FOLDER.resolve(name + ".jsonl"), life.sequence.toString());
        })));
        tests.add(DynamicTest.dynamicTest("no file is left over, and all are small", StatusSequencesTest::files));
        return tests;
    }

    private static void files() throws IOException {
        long size = 0;
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                names.add(file.getFileName().toString());
                size += Files.size(file);
            }
        }
        assertThat(names)
                .isEqualTo(LIVES.keySet().stream().map(name -> name + ".jsonl").collect(Collectors.toSet()));
        assertThat(size).isLessThan(LARGEST);
    }
}
