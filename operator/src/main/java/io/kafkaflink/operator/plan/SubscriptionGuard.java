package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import java.util.Optional;

/** Refuses, where the API server did not, a parallelism that does not belong to what is read. */
final class SubscriptionGuard {
    private SubscriptionGuard() {}

    static Optional<Refusal> refusal(Situation situation) {
        PipelineSpec spec = situation.spec();
        SourceSpec.Kafka read = spec.source().kafka();
        boolean pattern = read != null && read.topicPattern() != null;
        Integer parallelism = spec.flink().parallelism();
        if (pattern && parallelism == null) {
            return invalid("spec.flink.parallelism: found nothing, expected a number with source.kafka.topicPattern,"
                    + " which says nothing of partitions. Set it");
        }
        if (!pattern && parallelism != null) {
            return invalid("spec.flink.parallelism: found " + parallelism + ", expected nothing but with"
                    + " source.kafka.topicPattern: it follows from the partitions. Remove it");
        }
        int max = spec.state().maxParallelism();
        return spec.givenParallelism()
                .filter(given -> given > max)
                .map(given -> Refusal.stalled(
                        Reasons.PARTITIONS_EXCEED_MAX_PARALLELISM,
                        (pattern ? "spec.flink.parallelism: found " : "spec.source.kafka.partitions: found ") + given
                                + ", at most spec.state.maxParallelism (" + max + "), which cannot change. Use fewer"));
    }

    private static Optional<Refusal> invalid(String message) {
        return Optional.of(Refusal.stalled(Reasons.SPEC_INVALID, message));
    }
}
