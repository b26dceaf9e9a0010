package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.world.SimulatedOperator.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario with somebody killed at every point: the operator before each of its writes, or standing still there while
 * another one takes over; the API server refusing a write, doing it without an answer, or taking none for a while; the Flink operator between any two of its calls and writes; the Topic Operator likewise. {@code
 * -Dworld.points=N} takes every N-th point only (1 takes all, else another first one in each scenario), {@code -Dworld.scenario=NAME} one scenario.
 */
class CrashMatrixTest {
    private static final int EVERY = Integer.getInteger("world.points", 16);
    private static final Optional<String> ONE = Optional.ofNullable(System.getProperty("world.scenario"));
    private static final Duration DOWNTIME = Duration.ofMillis(2500);

    private static final List<String> TABLE = new ArrayList<>();
    /** Run, and all that there are. */
    private static final int[] POINTS = new int[2];

    /** Who is killed, and how often there is something to kill it at. */
    private enum Victim {
        OPERATOR(world -> world.writes.size(), (world, point) -> world.operator.endsAfter(point, Fate.DIES)),
        STANDING_STILL(world -> world.writes.size(), (world, point) -> world.operator.endsAfter(point, Fate.STALLS)),
        WRITE_REFUSED(world -> world.writes.size(), (world, point) -> world.operator.endsAfter(point, Fate.REFUSED)),
        ANSWER_LOST(world -> world.writes.size(), (world, point) -> world.operator.endsAfter(point, Fate.UNANSWERED)),
        OUTAGE(world -> world.writes.size(), (world, point) -> world.operator.endsAfter(point, Fate.OUTAGE)),
        FLINK_OPERATOR(
                world -> world.jobs.simulation.operatorEffects(),
                (world, point) -> world.jobs.simulation.killOperatorAfter(point, DOWNTIME)),
        TOPIC_OPERATOR(world -> world.topics.writes(), (world, point) -> world.topics.killAfter(point));

        private final ToIntFunction<SimulatedWorld> count;
        private final Kill kill;

        /** A killed operator has seen most of what the API server can do to it. */
        int every() {
            boolean seldom = this == WRITE_REFUSED || this == ANSWER_LOST || this == OUTAGE;
            return EVERY > 1 && seldom ? 3 * EVERY : EVERY;
        }

        Victim(ToIntFunction<SimulatedWorld> count, Kill kill) {
            this.count = count;
            this.kill = kill;
        }
    }

    private interface Kill {
        void after(SimulatedWorld world, int point);
    }

    static List<Scenario> scenarios() {
        return Scenarios.all().stream()
                .filter(scenario -> ONE.isEmpty() || scenario.name().equals(ONE.get()))
                .toList();
    }

    @AfterAll
    static void print() {
        System.out.println("Killed at: points run / points there are");
        TABLE.forEach(System.out::println);
        System.out.printf("All: %d of %d points%n", POINTS[0], POINTS[1]);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    @DisplayName("ends well, every record once, whoever is killed at whatever point")
    void endsWell(Scenario scenario) {
        SimulatedWorld undisturbed = scenario.prepared();
        int[] before = counts(undisturbed);
        scenario.play(undisturbed);
        assertThat(Judgement.of(undisturbed, scenario.end()))
                .as("undisturbed, writes %s", undisturbed.writes)
                .isEmpty();
        int[] after = counts(undisturbed);

        List<String> failures = new ArrayList<>();
        StringBuilder row = new StringBuilder("%-50s".formatted(scenario.name()));
        for (Victim victim : Victim.values()) {
            int points = after[victim.ordinal()] - before[victim.ordinal()] + 1;
            int run = 0;
            int every = victim.every();
            for (int point = scenario.name().length() % every; point < points; point += every) {
                int at = point;
                failures.addAll(outcome(scenario, victim + " at " + point, world -> victim.kill.after(world, at)));
                run++;
            }
            POINTS[0] += run;
            POINTS[1] += points;
            row.append(" %s %d/%d".formatted(victim, run, points));
        }
        TABLE.add(row.toString());
        assertThat(failures).as("undisturbed, writes %s", undisturbed.writes).isEmpty();
    }

    private static List<String> outcome(Scenario scenario, String what, Consumer<SimulatedWorld> kill) {
        SimulatedWorld world = scenario.prepared();
        kill.accept(world);
        try {
            scenario.play(world);
            boolean open = scenario.end() == Scenario.End.READY || world.stillAwaits();
            Scenario.End end = open ? Scenario.End.READY_OR_ROLLED_BACK : scenario.end();
            return Judgement.of(world, end).stream()
                    .map(wrong -> what + ": " + wrong + ", writes " + world.writes)
                    .toList();
        } catch (RuntimeException e) {
            return List.of(
                    what + ": " + e + " " + List.of(e.getStackTrace()).subList(0, 4) + ", writes " + world.writes);
        }
    }

    private static int[] counts(SimulatedWorld world) {
        int[] counts = new int[Victim.values().length];
        for (Victim victim : Victim.values()) {
            counts[victim.ordinal()] = victim.count.applyAsInt(world);
        }
        return counts;
    }
}
