package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import io.kafkaflink.operator.desired.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the topics need and give.
 *
 * @param refusals what is in the way, the user's part first
 * @param topics what is known of each topic, to remember
 * @param partitions that the job is to read; empty until every topic is proven to be as wanted
 */
record TopicDecision(
        List<Action> actions, List<Refusal> refusals, List<TopicStatus> topics, Optional<Partitions> partitions) {

    /** The verdict on one topic. */
    sealed interface Verdict {
        List<Action> actions();

        /** The topic is as wanted and has this many partitions. */
        record Proven(int partitions, String topicId, List<Action> actions) implements Verdict {
            Held held(Refusal refusal) {
                return new Held(partitions, topicId, refusal, actions);
            }
        }

        /** The topic has this many partitions, and gets more when the job is ready for them. */
        record Held(int partitions, String topicId, Refusal refusal, List<Action> actions) implements Verdict {}

        /** The topic is not as wanted (yet). */
        record Pending(Refusal refusal, List<Action> actions) implements Verdict {}

        static Verdict pending(Refusal refusal) {
            return new Pending(refusal, List.of());
        }
    }

    /**
     * @param explicit whether the job is to read no more than the partitions that are proven now
     * @param given parallelism that does not follow from topics
     */
    static TopicDecision of(
            List<NamedTopic> topics,
            List<Verdict> verdicts,
            List<TopicStatus> known,
            boolean explicit,
            Optional<Integer> given) {
        List<Action> actions = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        Map<String, Integer> sources = new TreeMap<>();
        Map<String, Integer> sinks = new TreeMap<>();
        boolean pending = false;
        for (int i = 0; i < topics.size(); i++) {
            actions.addAll(verdicts.get(i).actions());
            Map<String, Integer> counts = topics.get(i).role() == NamedTopic.Role.SOURCE ? sources : sinks;
            String name = topics.get(i).topic().name();
            if (verdicts.get(i) instanceof Verdict.Proven proven) {
                counts.put(name, proven.partitions());
            } else if (verdicts.get(i) instanceof Verdict.Held held) {
                counts.put(name, held.partitions());
                refusals.add(held.refusal());
            } else if (verdicts.get(i) instanceof Verdict.Pending missing) {
                refusals.add(missing.refusal());
                pending = true;
            }
        }
        refusals.sort(java.util.Comparator.comparing(Refusal::cure));
        Optional<Partitions> partitions = pending
                ? Optional.empty()
                : Optional.of(new Partitions(
                        given.orElseGet(() -> largest(sources.isEmpty() ? sinks : sources)),
                        explicit ? sources : Map.of()));
        return new TopicDecision(actions, refusals, known, partitions);
    }

    /** A generator source follows its sink topic; a pipeline without topics runs in one subtask. */
    private static int largest(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
