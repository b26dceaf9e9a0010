package io.kafkaflink.job.handover;

import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.ArmVerdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The operators of a new graph against a saved state, by uid; a saved operator whose uid nobody knows is named by its
 * operator id.
 *
 * @param restored in the graph, with state
 * @param dropped with state that the graph does not claim
 * @param added in the graph, without state
 * @param otherMaxParallelism saved maximum parallelism of operators of the graph where it is another one
 */
record GraphComparison(
        List<String> restored, List<String> dropped, List<String> added, Map<String, Integer> otherMaxParallelism) {

    /**
     * Compares as Flink does at a start from that state.
     *
     * @param uids of the graph, committers included
     * @param maxParallelism of every operator of the graph; below 1 when none is set
     * @param formerUids uids that the saved operators may have, to name them where the state has only ids
     */
    static GraphComparison of(
            Collection<String> uids, int maxParallelism, List<SavedOperator> saved, Collection<String> formerUids) {
        Map<String, SavedOperator> byId = saved.stream()
                .collect(Collectors.toMap(SavedOperator::operatorId, operator -> operator, (one, same) -> one));
        List<String> restored = new ArrayList<>();
        List<String> added = new ArrayList<>();
        Map<String, Integer> otherMaxParallelism = new LinkedHashMap<>();
        for (String uid : uids) {
            SavedOperator operator = byId.remove(OperatorIds.of(uid));
            if (operator != null && maxParallelism > 0 && operator.maxParallelism() != maxParallelism) {
                otherMaxParallelism.put(uid, operator.maxParallelism());
            }
            (operator != null && operator.hasState() ? restored : added).add(uid);
        }
        Map<String, String> names =
                formerUids.stream().collect(Collectors.toMap(OperatorIds::of, uid -> uid, (one, same) -> one));
        List<String> dropped = byId.values().stream()
                .filter(SavedOperator::hasState)
                .map(operator -> operator.uid()
                        .orElseGet(() -> names.getOrDefault(operator.operatorId(), operator.operatorId())))
                .sorted()
                .toList();
        return new GraphComparison(restored, dropped, added, otherMaxParallelism);
    }

    /** Dropped operators that are not among the expected ones, uids or operator ids. */
    List<String> droppedBeyond(Collection<String> expected) {
        return dropped.stream()
                .filter(uid -> !expected.contains(uid)
                        && expected.stream().map(OperatorIds::of).noneMatch(uid::equals))
                .toList();
    }

    ArmVerdict.Operators report() {
        return new ArmVerdict.Operators(restored, dropped, added);
    }
}
