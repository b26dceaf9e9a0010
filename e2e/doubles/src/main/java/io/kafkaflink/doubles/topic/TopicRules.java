package io.kafkaflink.doubles.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The Topic Operator's decisions, from values to values. Order of the checks as in the real operator. */
final class TopicRules {

    private final TopicOperatorSettings settings;

    TopicRules(TopicOperatorSettings settings) {
        this.settings = settings;
    }

    /** What can be decided without asking Kafka; empty means that Kafka has to be asked. */
    Optional<Decision> withoutKafka(KafkaTopic topic, Collection<KafkaTopic> all) {
        if (!settings.cluster().equals(topic.labels().get(KafkaTopic.CLUSTER_LABEL))) {
            return Optional.of(new Decision.Ignore());
        }
        if (topic.deleting()) {
            return Optional.of(deletion(topic));
        }
        if (!topic.managed()) {
            return Optional.of(report(Verdict.unmanaged()));
        }
        if (topic.paused()) {
            return Optional.of(report(Verdict.paused(topic.status().topicName())));
        }
        Optional<KafkaTopic> owner = owner(topic, all);
        if (owner.isPresent()) {
            return Optional.of(report(Verdict.conflict(owner.get(), topic.topicName())));
        }
        Optional<String> known = topic.status().topicName();
        if (known.isPresent() && !known.get().equals(topic.topicName())) {
            return Optional.of(report(
                    Verdict.notSupported("Changing spec.topicName is not supported", known.get(), Optional.empty())));
        }
        return Optional.empty();
    }

    /**
     * What follows from Kafka's answer.
     *
     * @param silence how long no broker has answered, zero when one did
     */
    Decision withKafka(KafkaTopic topic, TopicFacts facts, Duration silence) {
        if (facts instanceof TopicFacts.Unreachable unreachable) {
            return silence.compareTo(settings.kafkaPatience()) < 0
                    ? new Decision.Wait()
                    : report(Verdict.kafkaError(unreachable.message(), topic.topicName()));
        }
        if (facts instanceof TopicFacts.Present present) {
            return firstLookInRace(topic)
                    ? report(Verdict.ready(topic.topicName(), Optional.empty()))
                    : adopt(topic, present);
        }
        KafkaTopicSpec spec = topic.spec();
        return new Decision.Report(
                List.of(new TopicAction.Create(topic.topicName(), spec.partitions(), spec.replicas(), spec.config())),
                Verdict.ready(topic.topicName(), Optional.empty()));
    }

    /** What happens when a resource without our finalizer has vanished: only of interest without finalizers. */
    Optional<TopicAction.Delete> vanished(KafkaTopic topic) {
        return settings.useFinalizers() || !topic.managed()
                ? Optional.empty()
                : Optional.of(new TopicAction.Delete(topic.topicName()));
    }

    /** The finalizer is set before Kafka is asked; the loser of a conflict never gets one. */
    boolean wantsFinalizer(KafkaTopic topic) {
        return settings.useFinalizers() && !topic.hasFinalizer() && topic.managed() && !topic.paused();
    }

    private boolean firstLookInRace(KafkaTopic topic) {
        return settings.createRace() && !topic.status().ready();
    }

    private static Decision deletion(KafkaTopic topic) {
        if (!topic.hasFinalizer()) {
            return new Decision.Ignore();
        }
        return new Decision.LetGo(
                topic.managed() ? Optional.of(new TopicAction.Delete(topic.topicName())) : Optional.empty());
    }

    private static Decision adopt(KafkaTopic topic, TopicFacts.Present present) {
        String name = topic.topicName();
        List<TopicAction> actions = new ArrayList<>();
        configChange(topic, present).ifPresent(actions::add);
        int wanted = topic.spec().partitions().orElse(present.partitions());
        if (wanted > present.partitions()) {
            actions.add(new TopicAction.AddPartitions(name, wanted));
        }
        Optional<String> id = Optional.of(present.id());
        if (wanted < present.partitions()) {
            return new Decision.Report(actions, Verdict.notSupported("Decreasing partitions not supported", name, id));
        }
        if (topic.spec().replicas().orElse(present.replicas()) != present.replicas()) {
            String partitions = IntStream.range(0, present.partitions())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
            return new Decision.Report(
                    actions,
                    Verdict.notSupported(
                            "Replication factor change not supported, but required for partitions " + partitions,
                            name,
                            id));
        }
        return new Decision.Report(actions, Verdict.ready(name, id));
    }

    /** Dynamic configurations that the spec does not name are removed, on adoption too. */
    private static Optional<TopicAction> configChange(KafkaTopic topic, TopicFacts.Present present) {
        Map<String, String> wanted = topic.spec().config();
        Map<String, String> set = new HashMap<>();
        wanted.forEach((key, value) -> {
            if (!value.equals(present.config().get(key))) {
                set.put(key, value);
            }
        });
        Set<String> remove = new HashSet<>(present.config().keySet());
        remove.removeAll(wanted.keySet());
        return set.isEmpty() && remove.isEmpty()
                ? Optional.empty()
                : Optional.of(new TopicAction.AlterConfig(topic.topicName(), set, remove));
    }

    /**
     * The resource that stands in the way: the older one wins. Of two created in the same second neither does, unless
     * one has been accepted before.
     */
    private Optional<KafkaTopic> owner(KafkaTopic topic, Collection<KafkaTopic> all) {
        return all.stream()
                .filter(other -> !other.name().equals(topic.name()))
                .filter(other -> settings.cluster().equals(other.labels().get(KafkaTopic.CLUSTER_LABEL)))
                .filter(other -> other.managed() && other.topicName().equals(topic.topicName()))
                .filter(other -> stronger(other, topic))
                .min(Comparator.comparing(KafkaTopic::created));
    }

    private static boolean stronger(KafkaTopic other, KafkaTopic topic) {
        int age = other.created().compareTo(topic.created());
        return age < 0 || (age == 0 && topic.status().topicId().isEmpty());
    }

    private static Decision report(Verdict verdict) {
        return new Decision.Report(List.of(), verdict);
    }
}
