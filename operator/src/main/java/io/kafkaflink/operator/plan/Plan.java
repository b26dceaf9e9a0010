package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to do next and what to say. The memory is written to status before the first action (write-ahead), so that a
 * killed operator finds out where it was.
 *
 * @param refusals why something is not done; empty when nothing is in the way
 * @param topicsReady empty when every topic is as wanted, else what is missing
 * @param job what the job does
 * @param memory what status has to remember
 * @param consents acknowledgements of the spec without which something would be refused now
 * @param actions writes, in order
 * @param recheckAfter when to look again without an event
 */
public record Plan(
        List<Refusal> refusals,
        Optional<Refusal> topicsReady,
        JobPhase job,
        Memory memory,
        Set<Acknowledgement> consents,
        List<Action> actions,
        Duration recheckAfter) {
    public Plan {
        refusals = List.copyOf(refusals);
        consents = Set.copyOf(consents);
        actions = List.copyOf(actions);
    }

    /** The same without writes, for a reason that only showed after planning. */
    public Plan refused(Refusal refusal) {
        List<Refusal> all = Stream.concat(Stream.of(refusal), refusals.stream()).toList();
        return new Plan(all, topicsReady, job, memory, consents, List.of(), recheckAfter);
    }
}
