package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.TopicStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the topics need and give.
 *
 * @param refusals what is in the way, the user's part first
 * @param topics what is known of each topic, to remember
 * @param parallelism partitions that the job follows; empty until every topic is proven to be as wanted
 */
record TopicDecision(
        List<Action> actions, List<Refusal> refusals, List<TopicStatus> topics, Optional<Integer> parallelism) {

    /** The verdict on one topic. */
    sealed interface Verdict {
        List<Action> actions();

        /** The topic is as wanted and has this many partitions. */
        record Proven(int partitions, String topicId, List<Action> actions) implements Verdict {}

        /** The topic is not as wanted (yet). */
        record Pending(Refusal refusal, List<Action> actions) implements Verdict {}

        static Verdict pending(Refusal refusal) {
            return new Pending(refusal, List.of());
        }
    }

    static TopicDecision of(List<NamedTopic> topics, List<Verdict> verdicts, List<TopicStatus> known) {
        List<Action> actions = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        List<Integer> sinks = new ArrayList<>();
        for (int i = 0; i < topics.size(); i++) {
            actions.addAll(verdicts.get(i).actions());
            if (verdicts.get(i) instanceof Verdict.Proven proven) {
                (topics.get(i).role() == NamedTopic.Role.SOURCE ? sources : sinks).add(proven.partitions());
            } else if (verdicts.get(i) instanceof Verdict.Pending pending) {
                refusals.add(pending.refusal());
            }
        }
        refusals.sort(java.util.Comparator.comparing(Refusal::cure));
        Optional<Integer> parallelism = refusals.isEmpty() ? Optional.of(largest(sources, sinks)) : Optional.empty();
        return new TopicDecision(actions, refusals, known, parallelism);
    }

    /** A generator source follows its sink topic; a pipeline without topics runs in one subtask. */
    private static int largest(List<Integer> sources, List<Integer> sinks) {
        return (sources.isEmpty() ? sinks : sources)
                .stream().mapToInt(Integer::intValue).max().orElse(1);
    }
}
