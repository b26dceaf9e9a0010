package io.kafkaflink.operator.plan;

import io.kafkaflink.model.Delivery.Guarantee;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Sink;
import io.kafkaflink.model.Transform;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Refuses a change under which the new job could not take up the old job's state: Flink would reject the savepoint, or
 * read state under a meaning it did not have.
 */
final class StateGuard {
    private StateGuard() {}

    static Optional<Refusal> refusal(JobConfiguration deployed, JobConfiguration wanted) {
        return subscription(deployed, wanted)
                .or(() -> steps(deployed.transforms(), wanted.transforms()))
                .or(() -> sinks(deployed.sinks(), wanted.sinks()));
    }

    private static Optional<Refusal> subscription(JobConfiguration deployed, JobConfiguration wanted) {
        if (deployed.source().kafka() == null || wanted.source().kafka() == null) {
            return Optional.empty();
        }
        TreeSet<String> before = new TreeSet<>(deployed.source().kafka().topics());
        TreeSet<String> after = new TreeSet<>(wanted.source().kafka().topics());
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(Refusal.stalled(
                        Reasons.SUBSCRIPTION_CHANGED,
                        "spec.source.kafka.topics: found " + after + ", deployed " + before + "; under the source's"
                                + " state a removed topic would still be read and an added one would ignore"
                                + " startingOffsets. Go back to " + before + ", or create another pipeline"));
    }

    private static Optional<Refusal> steps(List<Transform> deployed, List<Transform> wanted) {
        for (Transform before : deployed) {
            Optional<Transform> after = wanted.stream()
                    .filter(step -> step.id().equals(before.id()))
                    .findFirst();
            if (!keepsState(before)
                    || after.filter(step -> sameState(before, step)).isPresent()) {
                continue;
            }
            return Optional.of(Refusal.stalled(
                    Reasons.STATE_WOULD_BE_DROPPED,
                    "spec.transforms[" + before.id() + "]: "
                            + (after.isPresent()
                                    ? "key, window or metrics changed under the same id, so that its state would be"
                                            + " read with another meaning"
                                    : "removed, so that its state would be dropped")
                            + "; deployed " + before + ". Go back, or create another pipeline"));
        }
        return Optional.empty();
    }

    private static boolean keepsState(Transform step) {
        return switch (step.kind()) {
            case KeyedCount, Window -> true;
            case Prefix, Rebalance, Filter -> false;
        };
    }

    private static boolean sameState(Transform before, Transform after) {
        if (before.keyedCount() != null && after.keyedCount() != null) {
            return before.keyedCount().keyBy().equals(after.keyedCount().keyBy());
        }
        return before.equals(after);
    }

    private static Optional<Refusal> sinks(List<Sink> deployed, List<Sink> wanted) {
        return deployed.stream()
                .filter(sink -> sink.kafka() != null
                        && sink.kafka().delivery().guarantee() == Guarantee.ExactlyOnce
                        && wanted.stream()
                                .noneMatch(other ->
                                        other.kafka() != null && other.name().equals(sink.name())))
                .findFirst()
                .map(sink -> Refusal.stalled(
                        Reasons.STATE_WOULD_BE_DROPPED,
                        "spec.sinks[" + sink.name() + "]: removed or of another kind, so that the state of its"
                                + " transactions would be dropped. Keep the sink, or create another pipeline"));
    }
}
