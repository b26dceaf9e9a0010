package io.kafkaflink.operator.world;

import java.util.ArrayList;
import java.util.List;

/** What must hold whatever happened, in words where it does not. */
final class Judgement {
    private Judgement() {}

    static List<String> of(SimulatedWorld world, Scenario.End end) {
        List<String> wrong = new ArrayList<>(world.kafka.faults());
        if (end == Scenario.End.WENT_BACK) {
            wrong.removeIf(fault -> fault.contains(" came out twice "));
        }
        wrong.addAll(world.jobs.faults());
        if (world.ordered()) {
            wrong.addAll(world.kafka.disorders());
        }
        if (!ended(world, end)) {
            wrong.add("it did not end " + end + ": " + world.end());
        }
        if (!world.gone()) {
            int before = world.writes.size();
            world.operate();
            if (world.writes.size() > before) {
                wrong.add("a second pass writes " + world.writes.subList(before, world.writes.size()));
            }
        }
        return wrong;
    }

    private static boolean ended(SimulatedWorld world, Scenario.End end) {
        return switch (end) {
            case READY -> world.ready();
            case COMPLETED -> world.completed();
            case ROLLED_BACK, WENT_BACK -> world.rolledBack();
            case READY_OR_ROLLED_BACK -> world.ready() || world.rolledBack();
            case GONE -> world.gone();
        };
    }
}
