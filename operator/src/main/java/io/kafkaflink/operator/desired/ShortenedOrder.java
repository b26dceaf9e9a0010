package io.kafkaflink.operator.desired;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.HandoverJson;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * An order made to fit into {@value HandoverJson#LARGEST} bytes. What is left out makes the job check less or refuse more,
 * never the other way round: first the numbers of partitions (the topics still have to exist), those of the longest names
 * first; then the newest state, without which the job cannot compare; then acknowledgements, from the last.
 */
record ShortenedOrder(ArmOrder order) {

    /** One that may still be too large, when nothing more can be left out. */
    ArmOrder fitting() {
        ArmOrder shortened = order;
        while (!fits(shortened)) {
            ArmOrder next = shorter(shortened);
            if (next.equals(shortened)) {
                break;
            }
            shortened = next;
        }
        return shortened;
    }

    private static boolean fits(ArmOrder candidate) {
        try {
            return !HandoverJson.write(candidate).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ArmOrder shorter(ArmOrder present) {
        if (!present.partitions().isEmpty()) {
            return with(present, ShortenedOrder::withoutLongestName, present.newestState(), present.acknowledged());
        }
        if (present.newestState() != null) {
            return with(present, UnaryOperator.identity(), null, present.acknowledged());
        }
        List<Acknowledgement> accepted = present.acknowledged();
        return accepted.isEmpty()
                ? present
                : with(present, UnaryOperator.identity(), null, accepted.subList(0, accepted.size() - 1));
    }

    private static Map<String, Integer> withoutLongestName(Map<String, Integer> partitions) {
        Map<String, Integer> fewer = new TreeMap<>(partitions);
        fewer.remove(partitions.keySet().stream()
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElseThrow());
        return fewer;
    }

    private static ArmOrder with(
            ArmOrder present,
            UnaryOperator<Map<String, Integer>> partitions,
            String newestState,
            List<Acknowledgement> acknowledged) {
        return new ArmOrder(
                present.version(),
                present.upgradeId(),
                present.revision(),
                present.configHash(),
                present.from(),
                present.expectedDropped(),
                newestState,
                present.plannedDowntime(),
                partitions.apply(present.partitions()),
                acknowledged,
                present.abandoned(),
                present.drain());
    }
}
