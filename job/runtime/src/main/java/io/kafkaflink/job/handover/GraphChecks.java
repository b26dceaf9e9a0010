package io.kafkaflink.job.handover;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether the state of the old job fits the graph of the new one. */
final class GraphChecks {
    private GraphChecks() {}

    /** State beyond the expected is left behind, or Flink would refuse the start. */
    static List<Finding> comparison(
            GraphComparison comparison,
            int maxParallelism,
            Collection<String> expectedDropped,
            Collection<Acknowledgement> accepted) {
        List<Finding> findings = new ArrayList<>();
        comparison
                .otherMaxParallelism()
                .forEach((uid, saved) -> findings.add(Finding.unfit(
                        "MaxParallelismChanged",
                        "Operator " + uid + ": found a maximum parallelism of " + saved + " in the state, expected "
                                + maxParallelism + "; Flink cannot change it. Set state.maxParallelism back to "
                                + saved)));
        for (String uid : comparison.droppedBeyond(expectedDropped)) {
            findings.add(Finding.danger(
                    Verdict.Dropping,
                    "DroppedState",
                    uid,
                    "Operator " + uid + " has state that the new job does not take over; it would be lost. Keep the"
                            + " operator and its id",
                    accepted));
        }
        return findings;
    }

    /** Kryo's format changes between Flink 1.x and 2.x, and with every class. */
    static List<Finding> genericTypes(List<String> uids) {
        return uids.stream()
                .map(uid -> Finding.unfit(
                        "GenericType",
                        "Operator " + uid + " has a type that only Kryo can serialize, whose format no upgrade keeps;"
                                + " declare the fields of the record instead"))
                .toList();
    }

    /** As below; a source with an end may have read whole topics, and the operator keeps its topics as they are. */
    static List<Finding> subscription(NewJob job, SavepointOffsets saved) {
        Optional<JobConfiguration.KafkaSource> source = job.source();
        if (source.isEmpty()) {
            return List.of();
        }
        List<String> topics = source.get().topics();
        if (job.sharesSubtasks()) {
            return foreign(source.get(), saved, job.sourceUid());
        }
        return job.ends() && topics.containsAll(saved.topics())
                ? List.of()
                : subscription(saved, topics, job.sourceUid());
    }

    /** A pattern may have found topics since, and a set with an end may be read in part; nothing else may be there. */
    private static List<Finding> foreign(
            JobConfiguration.KafkaSource source, SavepointOffsets saved, String sourceUid) {
        return saved.offsets().keySet().stream()
                .filter(each -> !source.subscription().reads(each.topic(), each.partition()))
                .findFirst()
                .map(each -> List.of(Finding.unfit(
                        "SubscriptionNeedsNewUid",
                        "Source " + sourceUid + ": found partition " + each + " in its state, expected "
                                + source.subscription()
                                + "; give the source a new uid (uidChangeNonce) together with another subscription")))
                .orElse(List.of());
    }

    /**
     * Under a kept uid a source goes on with the partitions of its state: removed topics are still read, added ones
     * ignore {@code startingOffsets} (connector's {@code KafkaSourceEnumerator}).
     *
     * @param saved offsets under the uid that the new source has too; none when it has another one
     */
    static List<Finding> subscription(SavepointOffsets saved, Collection<String> topics, String sourceUid) {
        if (saved.offsets().isEmpty() || saved.topics().equals(Set.copyOf(topics))) {
            return List.of();
        }
        return List.of(Finding.unfit(
                "SubscriptionNeedsNewUid",
                "Source " + sourceUid + ": found topics " + saved.topics() + " in its state, expected "
                        + new TreeSet<>(topics)
                        + "; give the source a new uid (uidChangeNonce) together with new topics"));
    }
}
