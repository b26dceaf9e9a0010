package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.traffic.Route;
import java.util.List;
import java.util.function.Consumer;

/** The steps that a pipeline's owner takes, and what is waited for. */
final class Steps {
    /** Longer than the rehearsal's producers keep what they know of a topic. */
    private static final String PRODUCER_SETTLE = "5s";

    private Steps() {}

    /** Applies a changed spec. */
    static Step edit(String what, Consumer<ObjectNode> change) {
        return new Step("edit: " + what, play -> play.edit(change));
    }

    /** Raises the partitions of the input, with the consent that the operator demands. */
    static Step grow(int partitions) {
        return new Step(
                "edit: " + partitions + " partitions",
                play -> play.edit(SpecEdit.all(
                        SpecEdit.inputPartitions(partitions),
                        SpecEdit.upgrade("growth", "GrowInPlace"),
                        SpecEdit.acknowledge(
                                "Reordering", play.numbered().input() + " " + play.partitions() + "->" + partitions))));
    }

    /** Raises the partitions of the input by the way that keeps the order of each key. */
    static Step growInOrder(int partitions) {
        return new Step(
                "edit: " + partitions + " partitions, DrainThenGrow",
                play -> play.edit(SpecEdit.all(
                        SpecEdit.inputPartitions(partitions),
                        SpecEdit.upgrade("growth", "DrainThenGrow"),
                        SpecEdit.upgrade("producerSettle", PRODUCER_SETTLE))));
    }

    /** Subscribes to one more topic, which gets records as soon as it is there. */
    static Step moreInput(String suffix) {
        return new Step("edit: one more topic", play -> {
            String topic = play.name() + "-" + suffix;
            play.edit(SpecEdit.moreInput(topic, play.partitions()));
            play.await("topic", () -> play.stage().topics().missing(List.of(topic)));
            play.flow().send(topic, Route.pinned(suffix + "-", partition -> true));
        });
    }

    /** Waits until a change is in this step. */
    static Step awaitStep(String step) {
        return new Step("wait for step " + step, play -> play.conditions().awaitStep(step));
    }

    static Step awaitReady() {
        return new Step("wait for Ready", play -> play.conditions().awaitReady());
    }

    static Step awaitRolledBack() {
        return new Step("wait for RolledBack", play -> play.conditions().awaitRolledBack());
    }

    static Step awaitSuspended() {
        return new Step("wait for Suspended", play -> play.conditions().awaitSuspended());
    }

    /** Waits until a condition gives this reason. */
    static Step awaitReason(String reason) {
        return new Step("wait for " + reason, play -> play.conditions().awaitReason(reason));
    }
}
