package io.kafkaflink.operator.plan;

import io.kafkaflink.model.PartitionOffset;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.SupportedPairs;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.KafkaState;
import io.kafkaflink.operator.observe.Observation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is refused of a new pipeline whatever there is on the cluster and in the operator's settings. */
public final class SpecRefusals {
    private static final String ANY = "any";
    private static final Observation NOTHING =
            Observation.nothingYet(new KafkaState.Known(new KafkaAccess("kafka:9092", List.of())));

    private SpecRefusals() {}

    /** Empty when nothing is refused. */
    public static List<Refusal> of(PipelineId id, Map<String, String> annotations, PipelineSpec spec) {
        Situation situation = new Situation(
                id, 1, Instant.EPOCH, annotations, spec, PipelineStatus.EMPTY, NOTHING, defaults(), Instant.EPOCH);
        List<Refusal> guards = Guards.refusals(situation).stream()
                .filter(refusal -> refusal.cure() == Refusal.Cure.USER)
                .toList();
        return guards.isEmpty() ? target(situation).stream().toList() : guards;
    }

    /** What the job would refuse of its configuration. */
    private static Optional<Refusal> target(Situation situation) {
        int largest = situation.spec().givenParallelism().orElseGet(() -> largest(situation.spec()));
        Target target = Target.of(
                situation,
                PipelinePlanner.slot(situation),
                Deployed.of(situation, PipelinePlanner.slot(situation)),
                new Partitions(largest, set(situation.spec())));
        return target instanceof Target.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    private static int largest(PipelineSpec spec) {
        return NamedTopic.of(spec).stream()
                .map(NamedTopic::topic)
                .map(Topic::partitions)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .orElse(1);
    }

    /** Where the spec does not say how many partitions a topic has, there are at least those that it names. */
    private static Map<String, Integer> set(PipelineSpec spec) {
        if (!PartitionSet.wanted(spec)) {
            return Map.of();
        }
        SourceSpec.Kafka source = spec.source().kafka();
        List<PartitionOffset> named = Stream.of(
                        source.startingOffsets().offsets(),
                        source.stoppingOffsets().offsets())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
        return source.topics().stream()
                .collect(Collectors.toMap(
                        Topic::name,
                        topic -> Optional.ofNullable(topic.partitions()).orElseGet(() -> atLeast(topic.name(), named)),
                        Math::max));
    }

    private static int atLeast(String topic, List<PartitionOffset> named) {
        return named.stream()
                .filter(place -> topic.equals(place.topic()))
                .mapToInt(place -> place.partition() + 1)
                .max()
                .orElse(1);
    }

    private static OperatorDefaults defaults() {
        Map<VersionPair, String> images =
                SupportedPairs.all().stream().collect(Collectors.toMap(pair -> pair, pair -> ANY));
        return new OperatorDefaults(images, "file:///" + ANY, ANY, "");
    }
}
