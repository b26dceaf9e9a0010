package io.kafkaflink.operator.world;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of a pipeline's life.
 *
 * @param before what has happened until then, each settled before the next
 * @param step what is looked at
 * @param end how it ends, whoever is killed
 */
record Scenario(String name, List<Consumer<SimulatedWorld>> before, Consumer<SimulatedWorld> step, End end) {
    /** Ways in which a part of a life can end well. */
    enum End {
        /** As the spec wants it. */
        READY,
        /** The job has come to its end, and nothing else is wanted. */
        COMPLETED,
        /** The former job runs, and status says why. */
        ROLLED_BACK,
        /** One or the other, depending on who was killed when. */
        READY_OR_ROLLED_BACK,
        /** The former job runs again, as somebody asked and accepted that output is repeated. */
        WENT_BACK,
        /** Deleted. */
        GONE
    }

    /** Longer than all limits of an upgrade together. */
    static final Duration LONGEST = Duration.ofMinutes(25);

    /** The world before the step. */
    SimulatedWorld prepared() {
        SimulatedWorld world = new SimulatedWorld();
        for (Consumer<SimulatedWorld> part : before) {
            part.accept(world);
            world.settle(LONGEST);
        }
        world.writes.clear();
        return world;
    }

    /** Lets the step happen, until nothing is under way any more. */
    void play(SimulatedWorld world) {
        step.accept(world);
        world.settle(LONGEST);
        world.operator.staleLeadersWakeUp();
        world.pass(Duration.ofSeconds(40));
        // While the API server takes no write, status looks as if all was done.
        world.settle(LONGEST);
    }

    @Override
    public String toString() {
        return name;
    }
}
