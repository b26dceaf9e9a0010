package io.kafkaflink.operator.plan;

import io.kafkaflink.model.Delivery.Guarantee;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.VersionPolicy;
import io.kafkaflink.operator.desired.KafkaTopics;
import io.kafkaflink.operator.desired.RefusedFields;
import io.kafkaflink.operator.desired.SupportedPairs;
import io.kafkaflink.operator.desired.TopicOperator;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.Claims;
import io.kafkaflink.operator.observe.KafkaState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must hold before topics or job are touched, in the order in which it is said. */
final class Guards {
    private static final List<Function<Situation, Optional<Refusal>>> CHAIN = List.of(
            TenantGuard::refusal,
            Guards::definitions,
            Guards::flinkOperator,
            Guards::versions,
            Guards::image,
            Guards::stateDir,
            Guards::kafkaGiven,
            Guards::topicOperatorGiven,
            Guards::topicsCounted,
            Guards::topicsUnique,
            Guards::partitionsWithinMaxParallelism,
            SubscriptionGuard::refusal,
            Guards::transactionTimeouts,
            Guards::refusedFields,
            Completion::restored,
            Guards::groupUnchanged,
            Guards::groupNotShared,
            Guards::topicsManagedOnce,
            Guards::kafkaFound);

    private Guards() {}

    static List<Refusal> refusals(Situation situation) {
        return CHAIN.stream()
                .map(guard -> guard.apply(situation))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Refusal> definitions(Situation situation) {
        Set<String> missing = situation.seen().missingDefinitions();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Refusal.waiting(
                        Reasons.DEFINITION_MISSING,
                        "the API server does not serve "
                                + missing.stream().sorted().toList()
                                + "; install Strimzi (kafkatopics, kafkas) and the Flink Kubernetes Operator >= 1.15"
                                + " (flinkdeployments, flinkstatesnapshots)"));
    }

    private static Optional<Refusal> flinkOperator(Situation situation) {
        return situation
                .seen()
                .flinkOperatorTooOld()
                .map(sign -> Refusal.waiting(
                        Reasons.FLINK_OPERATOR_TOO_OLD,
                        "the Flink Kubernetes Operator is older than 1.15: " + sign + ". Before 1.15 it can lose state"
                                + " in an upgrade (FLINK-39270). Install 1.15 or newer, with the definitions of that"
                                + " release"));
    }

    private static Optional<Refusal> versions(Situation situation) {
        VersionPair pair = pair(situation.spec());
        if (SupportedPairs.contains(pair)) {
            return Optional.empty();
        }
        String found = "spec.flink: flinkVersion " + pair.flinkVersion() + " with connectorVersion "
                + pair.connectorVersion() + " is not supported; expected one of " + SupportedPairs.listed();
        boolean own = situation.spec().upgrade().versionPolicy() == VersionPolicy.AllowUntestedPair
                && situation.spec().flink().image() != null;
        if (!own) {
            return Optional.of(Refusal.stalled(Reasons.UNSUPPORTED_VERSION_PAIR, found + ". Set one of these"));
        }
        return situation.accepted(Risk.UntestedPair, pair.toString())
                ? Optional.empty()
                : Optional.of(Refusal.consent(
                        Reasons.UNSUPPORTED_VERSION_PAIR,
                        found + ". With an image of yours it can be tried, though nobody tests it",
                        Risk.UntestedPair,
                        pair.toString()));
    }

    private static Optional<Refusal> image(Situation situation) {
        boolean known = situation.spec().flink().image() != null
                || !SupportedPairs.contains(pair(situation.spec()))
                || situation.defaults().images().containsKey(pair(situation.spec()));
        return known
                ? Optional.empty()
                : Optional.of(Refusal.stalled(
                        Reasons.IMAGE_MISSING,
                        "spec.flink.image is not set and the operator has no default image for "
                                + pair(situation.spec()) + "; set it, or give the operator one"));
    }

    private static Optional<Refusal> stateDir(Situation situation) {
        return situation.spec().state().dir() != null || situation.defaults().stateDir() != null
                ? Optional.empty()
                : Optional.of(Refusal.stalled(
                        Reasons.STATE_DIR_MISSING,
                        "spec.state.dir is not set and the operator has no default; without a durable folder there is"
                                + " no savepoint. Set it, as in s3://bucket/flink"));
    }

    private static Optional<Refusal> kafkaGiven(Situation situation) {
        boolean needed = situation.spec().source().kafka() != null
                || situation.spec().sinks().stream().anyMatch(sink -> sink.kafka() != null);
        return !needed || situation.spec().kafka() != null
                ? Optional.empty()
                : Optional.of(Refusal.stalled(
                        Reasons.KAFKA_NOT_GIVEN,
                        "spec.kafka is absent although a source or sink is a Kafka topic; set spec.kafka.clusterRef or"
                                + " spec.kafka.bootstrapServers"));
    }

    private static Optional<Refusal> topicOperatorGiven(Situation situation) {
        boolean needed = NamedTopic.of(situation.spec()).stream().anyMatch(named -> !named.external());
        return !needed
                        || TopicOperator.of(situation.id(), situation.spec().kafka())
                                .isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.stalled(
                        Reasons.TOPIC_OPERATOR_NOT_GIVEN,
                        "spec.kafka.topicOperator.cluster is absent although topics are Managed or Existing and"
                                + " spec.kafka has bootstrapServers; set it to the value of the label"
                                + " strimzi.io/cluster that the Topic Operator selects"));
    }

    private static Optional<Refusal> topicsCounted(Situation situation) {
        return NamedTopic.of(situation.spec()).stream()
                .filter(named -> named.topic().management() != Topic.Management.Existing
                        && named.topic().partitions() == null)
                .findFirst()
                .map(named -> Refusal.stalled(
                        Reasons.SPEC_INVALID,
                        named.field() + ".partitions: found nothing, expected a number with management "
                                + named.topic().management() + ". Set it"));
    }

    private static Optional<Refusal> topicsUnique(Situation situation) {
        Set<String> seen = new HashSet<>();
        return NamedTopic.of(situation.spec()).stream()
                .filter(named -> !seen.add(named.topic().name()))
                .findFirst()
                .map(named -> Refusal.stalled(
                        Reasons.TOPIC_LISTED_TWICE,
                        named.field() + ": topic '" + named.topic().name()
                                + "' stands twice in the spec; a pipeline that reads what it writes never ends. Use"
                                + " each topic once"));
    }

    private static Optional<Refusal> partitionsWithinMaxParallelism(Situation situation) {
        int max = situation.spec().state().maxParallelism();
        return NamedTopic.of(situation.spec()).stream()
                .filter(named -> named.role() == NamedTopic.Role.SOURCE
                        || situation.spec().source().kafka() == null)
                .filter(named ->
                        named.topic().partitions() != null && named.topic().partitions() > max)
                .findFirst()
                .map(named -> Refusal.stalled(
                        Reasons.PARTITIONS_EXCEED_MAX_PARALLELISM,
                        named.field() + ".partitions: found " + named.topic().partitions() + ", at most "
                                + "spec.state.maxParallelism (" + max
                                + "), which cannot change. Use fewer partitions"));
    }

    private static Optional<Refusal> transactionTimeouts(Situation situation) {
        PipelineSpec spec = situation.spec();
        Duration least = spec.state()
                .longestBetweenCheckpoints()
                .plus(situation.handoverTimeout())
                .plus(situation.startTimeout());
        return exactlyOnceSinks(spec)
                .filter(sink -> Timespan.parse(sink.kafka().delivery().transactionTimeout())
                                .compareTo(least)
                        < 0)
                .findFirst()
                .map(sink -> Refusal.stalled(
                        Reasons.TRANSACTION_TIMEOUT_TOO_SHORT,
                        "spec.sinks[" + sink.name() + "].kafka.delivery.transactionTimeout: found "
                                + sink.kafka().delivery().transactionTimeout() + ", expected at least "
                                + least.toSeconds() + "s (checkpointInterval + checkpointTimeout,"
                                + (spec.state().checkpoints() == null
                                        ? ""
                                        : " or checkpoints.minPause if that is longer, once more for each of"
                                                + " checkpoints.toleratedFailures,")
                                + " + upgrade.stepTimeouts.handover + upgrade.stepTimeouts.start): a transaction that ends"
                                + " while the job is stopped is lost. Raise it, or lower the others"));
    }

    private static Stream<SinkSpec> exactlyOnceSinks(PipelineSpec spec) {
        return spec.sinks().stream()
                .filter(sink -> sink.kafka() != null && sink.kafka().delivery().guarantee() == Guarantee.ExactlyOnce);
    }

    private static Optional<Refusal> refusedFields(Situation situation) {
        return RefusedFields.of(situation.spec()).stream()
                .findFirst()
                .map(violation -> Refusal.stalled(Reasons.FIELD_REFUSED, violation.message()));
    }

    private static Optional<Refusal> groupUnchanged(Situation situation) {
        Optional<String> known = ConsumerGroup.inUse(situation, deployed(situation));
        return groupId(situation)
                .filter(wanted -> known.isPresent() && !known.get().equals(wanted))
                .map(wanted -> Refusal.stalled(
                        Reasons.GROUP_ID_CHANGED,
                        "spec.source.kafka.groupId: found '" + wanted + "', but this pipeline commits to '"
                                + known.get() + "' since its first start. Set it back to '" + known.get() + "'"));
    }

    private static Optional<Refusal> groupNotShared(Situation situation) {
        String kafka = KafkaTopics.clusterIdentity(situation.spec(), situation.id());
        return groupId(situation).flatMap(group -> elders(situation)
                .filter(other -> other.kafka().equals(kafka) && group.equals(other.groupId()))
                .findFirst()
                .map(other -> Refusal.stalled(
                        Reasons.CONSUMER_GROUP_SHARED,
                        "spec.source.kafka.groupId: KafkaFlinkPipeline " + other.pipeline() + " uses consumer group '"
                                + group + "' on the same Kafka; committed offsets would mix. Set another groupId")));
    }

    private static Optional<Refusal> topicsManagedOnce(Situation situation) {
        String kafka = KafkaTopics.clusterIdentity(situation.spec(), situation.id());
        List<Claims> elders =
                elders(situation).filter(other -> other.kafka().equals(kafka)).toList();
        List<Refusal> refusals = new ArrayList<>();
        for (NamedTopic named : NamedTopic.of(situation.spec())) {
            elders.stream()
                    .filter(other -> named.managed()
                            && other.managedTopics().contains(named.topic().name()))
                    .findFirst()
                    .ifPresent(other -> refusals.add(Refusal.stalled(
                            Reasons.TOPIC_MANAGED_TWICE,
                            named.field() + ": topic '" + named.topic().name() + "' is managed by KafkaFlinkPipeline "
                                    + other.pipeline() + "; a topic has one manager. Use management: Existing here")));
        }
        return refusals.stream().findFirst();
    }

    /** Of two pipelines that claim the same, the older one keeps it; equally old ones go by name. */
    private static Stream<Claims> elders(Situation situation) {
        String self = situation.id().namespace() + "/" + situation.id().name();
        Comparator<Claims> age = Comparator.comparing(Claims::createdAt).thenComparing(Claims::pipeline);
        Claims own = new Claims(self, situation.createdAt(), "", Set.of(), null);
        return situation.seen().others().stream()
                .filter(other -> age.compare(other, own) < 0)
                .sorted(age);
    }

    private static Optional<Refusal> kafkaFound(Situation situation) {
        if (situation.seen().kafka() instanceof KafkaState.NoCluster none) {
            return Optional.of(Refusal.waiting(
                    Reasons.KAFKA_NOT_FOUND,
                    "spec.kafka.clusterRef: no Kafka " + none.namespace() + "/" + none.name()
                            + "; create it, or correct name and namespace"));
        }
        if (situation.seen().kafka() instanceof KafkaState.NoListener none) {
            return Optional.of(Refusal.waiting(
                    Reasons.LISTENER_NOT_FOUND,
                    "spec.kafka.clusterRef.listener: Kafka " + none.namespace() + "/" + none.name()
                            + " publishes no listener '" + none.listener() + "'; it publishes " + none.published()
                            + ". Name one of these, or add it to the Kafka resource"));
        }
        return Optional.empty();
    }

    private static Optional<String> groupId(Situation situation) {
        return Optional.ofNullable(ConsumerGroup.of(situation, deployed(situation)));
    }

    private static Deployed deployed(Situation situation) {
        return Deployed.of(situation, PipelinePlanner.slot(situation));
    }

    static VersionPair pair(PipelineSpec spec) {
        return new VersionPair(spec.flink().flinkVersion(), spec.flink().connectorVersion());
    }
}
