package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.desired.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Pipelines with eventful lives, drawn from a seed: edits, growth, suspension, failures, foreign edits, a Flink operator
 * that stands still, and our operator killed at any write. In the end everything heals, and then the pipeline must be as
 * wanted, no job ever started from less than what was completed, and nothing is written any more. {@code
 * -Dworld.seed=N} replays one life, {@code -Dworld.lives=N} sets their number.
 */
class RandomLivesTest {
    private static final int LIVES = Integer.getInteger("world.lives", 100);
    private static final Long ONE = Long.getLong("world.seed");

    @Test
    @DisplayName("whatever happens, it ends as wanted and nothing is repeated")
    void lives() {
        LongStream seeds = ONE == null ? LongStream.range(0, LIVES) : LongStream.of(ONE);
        List<String> failures = seeds.boxed()
                .flatMap(seed -> new Life(seed).live().stream().map(failure -> "-Dworld.seed=" + seed + ": " + failure))
                .toList();

        assertThat(failures).isEmpty();
    }

    /** One of them. */
    private static final class Life {
        private final Random random;
        private final SimulatedWorld world = new SimulatedWorld();
        private final List<String> events = new ArrayList<>();
        private PipelineText text = new PipelineText();
        private boolean badNext;
        private boolean flinkOperatorUp = true;
        private boolean broken;

        Life(long seed) {
            this.random = new Random(seed);
        }

        /** What went wrong, in words. */
        List<String> live() {
            try {
                world.user(text.yaml());
                world.pass(Duration.ofSeconds(random.nextInt(120)));
                for (int i = 0; i < 6; i++) {
                    if (random.nextInt(3) == 0) {
                        world.operator.endsAfter(random.nextInt(8), SimulatedOperator.Fate.DIES);
                    }
                    happen();
                    world.pass(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 10 : 150)));
                }
                heal();
                return verdict();
            } catch (RuntimeException e) {
                return List.of(events + ": " + e + " " + e.getStackTrace()[0]);
            }
        }

        private void happen() {
            int event = random.nextInt(13);
            events.add(event + "@" + world.clock.instant().toString().substring(14, 19));
            switch (event) {
                case 0, 1 -> edit(text.lateness(5 + random.nextInt(3)));
                case 2 -> edit(text.partitions(Math.max(text.partitions(), 2 + 2 * random.nextInt(3))));
                case 3 -> edit(text.suspended(true));
                case 4 -> edit(text.suspended(false));
                case 5 -> edit(text.image("nowhere/job:" + random.nextInt(2)));
                case 6 -> bad(random.nextBoolean() ? Behaviour.crashLoops() : Behaviour.throwsInMain("no"));
                case 7 -> world.jobs.simulation.flink().unwritable(directory -> true);
                case 8 -> world.jobs.simulation.flink().unwritable(directory -> false);
                case 9 -> operatorOfFlink(random.nextBoolean());
                case 10 -> breakJob();
                case 11 -> deleteJob();
                default -> meddle();
            }
        }

        private void edit(PipelineText next) {
            text = next;
            world.user(text.yaml());
        }

        private void bad(Behaviour behaviour) {
            world.jobs.simulation.flink().script(world.jobs.key(Slot.A), behaviour);
            badNext = true;
            edit(text.lateness(text.lateness() + 10));
        }

        /** Between two of its passes: what a kill in the middle does is recorded for few of them. */
        private void operatorOfFlink(boolean up) {
            while (world.jobs.simulation.inPass(world.jobs.key(Slot.A))) {
                world.pass(Duration.ofSeconds(1));
            }
            if (up && !flinkOperatorUp) {
                world.jobs.simulation.startOperator();
            } else if (!up) {
                world.jobs.simulation.stopOperator();
            }
            flinkOperatorUp = up;
        }

        private void breakJob() {
            if (runs()) {
                world.jobs.simulation.flink().breakJob(world.jobs.key(Slot.A));
                broken = true;
            }
        }

        /** Somebody deletes the FlinkDeployment. */
        private void deleteJob() {
            if (runs()) {
                world.jobs.delete(Slot.A);
            }
        }

        private boolean clusterIsThere() {
            return Optional.ofNullable(world.jobs.seen().get(Slot.A))
                    .filter(job -> Set.of("READY", "DEPLOYED_NOT_READY").contains(String.valueOf(job.jobManager())))
                    .isPresent();
        }

        private boolean runs() {
            return world.condition("JobRunning")
                    .filter(running -> running.status() == Condition.Status.True)
                    .isPresent();
        }

        /** Somebody else changes what is ours, pauses the topics, or throws our status away. */
        private void meddle() {
            switch (random.nextInt(3)) {
                case 0 -> {
                    if (world.jobs
                            .resource(Slot.A)
                            .filter(found -> !found.deleting())
                            .isPresent()) {
                        world.jobs.meddle(Slot.A, "image", "registry.example/other:1");
                    }
                }
                case 1 -> world.topics.pause(true);
                default -> world.status = PipelineStatus.EMPTY;
            }
        }

        /** Whatever was broken is mended, and the user sees to a spec that can run. */
        private void heal() {
            world.jobs.simulation.flink().unwritable(directory -> false);
            world.jobs.simulation.flink().script(world.jobs.key(Slot.A));
            world.topics.pause(false);
            operatorOfFlink(true);
            if (broken && clusterIsThere()) {
                world.jobs.simulation.flink().mendJob(world.jobs.key(Slot.A));
            }
            events.add("heal@" + world.clock.instant().toString().substring(14, 19));
            edit(text.image(null).suspended(false).lateness(100));
            world.settle(Duration.ofMinutes(20));
            if (badNext && !world.ready()) {
                edit(text.lateness(101));
                world.settle(Duration.ofMinutes(20));
            }
        }

        private List<String> verdict() {
            List<String> wrong = new ArrayList<>(world.kafka.faults());
            if (!world.ready()) {
                wrong.add("not ready: " + world.condition("Ready") + " " + world.status.upgrade() + ", "
                        + world.jobs.brief() + ", writes " + world.writes);
            }
            world.pass(Duration.ofMinutes(3));
            int writes = world.writes.size();
            world.operate();
            if (world.writes.size() != writes) {
                wrong.add("a second pass writes " + world.writes.subList(writes, world.writes.size()));
            }
            int partitions = text.partitions();
            if (world.topics.seen().stream()
                    .noneMatch(topic -> topic.topicName().equals("in") && topic.partitions() == partitions)) {
                wrong.add("topic in has not " + partitions + " partitions");
            }
            return Stream.of(wrong)
                    .filter(all -> !all.isEmpty())
                    .map(all -> events + ": " + all)
                    .toList();
        }
    }
}
