package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The world sees when records of one key are read out of order, so that its silence means something. */
class KeyOrderTest {
    private static final PipelineText DRAINED = new PipelineText().drained();

    private final SimulatedWorld world = new SimulatedWorld();
    private final List<String> steps = new ArrayList<>();

    @Test
    void growthInPlaceReorders() {
        live(new PipelineText(), new PipelineText().partitions(4));
        world.pass(Scenario.LONGEST);

        assertThat(steps).doesNotContain("Drain");
        assertThat(world.kafka.disorders()).isNotEmpty();
    }

    @Test
    @DisplayName("with less time than producers need the order is lost, and said to be")
    void hasty() {
        live(DRAINED, DRAINED.partitions(4).upgrade("producerSettle", "10s"));
        world.pass(Scenario.LONGEST);

        assertThat(steps).contains("Drain");
        assertThat(Judgement.of(world, Scenario.End.READY))
                .isNotEmpty()
                .allMatch(wrong -> wrong.contains(" reads in-"));
    }

    @Test
    void drained() {
        live(DRAINED, DRAINED.partitions(4));
        world.pass(Scenario.LONGEST);

        assertThat(steps).containsSubsequence("Arm", "Drain", "Stop", "Go", "Verify");
        assertThat(Judgement.of(world, Scenario.End.READY)).isEmpty();
        assertThat(world.kafka.partitions("in")).isEqualTo(4);
    }

    private void live(PipelineText before, PipelineText after) {
        world.user(before.yaml());
        world.settle(Scenario.LONGEST);
        world.user(after.yaml());
        for (int i = 0; i < Scenario.LONGEST.toSeconds() && !(i > 5 && world.ready()); i++) {
            world.pass(SimulatedWorld.STEP);
            world.step().ifPresent(steps::add);
        }
    }
}
