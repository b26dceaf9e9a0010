package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.doubles.flink.Behaviour;
import io.kafkaflink.doubles.job.HandoverScript;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.operator.GoldenFile;
import io.kafkaflink.operator.desired.Slot;
import io.kafkaflink.operator.plan.Reasons;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a user reads while an upgrade goes on, from its first status to its last: conditions, words and Events. */
@DisplayName("what a user reads in an upgrade")
class UpgradeTextsTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/upgrades");
    private static final PipelineText PLAIN = new PipelineText();

    @Test
    void newUids() {
        played(
                "new-uids",
                PLAIN,
                world -> world.user(PLAIN.upgrade("uidChangeNonce", 1).yaml()));
    }

    @Test
    void rolledBack() {
        played("rolled-back", PLAIN, world -> {
            world.jobs.behave(Slot.B, Behaviour.crashLoops(), 3);
            world.user(PLAIN.lateness(9).yaml());
        });
    }

    @Test
    void growthDrained() {
        PipelineText before = PLAIN.drained();
        played(
                "growth-drained",
                before,
                world -> world.user(before.partitions(4).yaml()));
    }

    @Test
    void approved() {
        PipelineText asking = PLAIN.lateness(9).upgrade("approval", "Manual");
        played("approved", PLAIN, world -> {
            world.once(
                    seen -> seen.status.plan() != null,
                    seen -> seen.user(asking.upgrade(
                                    "approvedPlan", "\"" + seen.status.plan().id() + "\"")
                            .yaml()));
            world.user(asking.yaml());
        });
    }

    @Test
    void goRefused() {
        Reason expired = Reason.of("RecordsExpired", "in-0: the savepoint's offset 5 is below the first one, 9");
        played("go-refused", PLAIN, world -> {
            world.jobs.behave(Slot.B, Behaviour.checks(HandoverScript.refuses(expired)), 1);
            world.user(PLAIN.lateness(9).yaml());
        });
    }

    @Test
    void approvalExpired() {
        PipelineText asking = PLAIN.lateness(9).upgrade("approval", "Manual").upgrade("stepTimeouts", "{approval: 3m}");
        played("approval-expired", PLAIN, world -> world.user(asking.yaml()));
    }

    @Test
    void rollbackAskedAndSpecChanged() {
        PipelineText changed = PLAIN.lateness(9);
        played("rollback-asked-spec-changed", PLAIN, world -> {
            world.user(changed.yaml());
            world.settle(Scenario.LONGEST);
            world.once(
                    seen -> seen.condition("Ready").orElseThrow().reason().equals(Reasons.REPEATED_OUTPUT),
                    seen -> seen.user(changed.lateness(12).yaml()));
            world.annotate(Map.of("kafkaflink.io/request", "rollback/1"));
        });
    }

    @Test
    void firstStart() {
        told(new SimulatedWorld(), "first-start", world -> world.user(PLAIN.yaml()));
    }

    private static void played(String name, PipelineText before, Consumer<SimulatedWorld> change) {
        SimulatedWorld world = new SimulatedWorld();
        world.user(before.yaml());
        world.settle(Scenario.LONGEST);
        told(world, name, change);
    }

    private static void told(SimulatedWorld world, String name, Consumer<SimulatedWorld> change) {
        UpgradeTexts texts = new UpgradeTexts();
        world.reported = texts::status;
        world.told = texts::event;

        change.accept(world);
        world.settle(Scenario.LONGEST);

        assertThat(world.ready() || world.rolledBack()).isTrue();
        GoldenFile.assertMatches(FOLDER.resolve(name + ".yaml"), texts.toString());
    }
}
