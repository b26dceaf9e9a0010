package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.desired.PinnedDefaults;
import io.kafkaflink.operator.desired.TenantPolicy;
import io.kafkaflink.operator.desired.TenantPolicy.Tenant;
import io.kafkaflink.operator.desired.TopicOperator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Refuses what the administrator's {@link TenantPolicy} does not give to the pipeline's namespace. A job that runs is left
 * alone: its changes are refused.
 */
record TenantGuard(Situation situation, Tenant tenant) {

    static Optional<Refusal> refusal(Situation situation) {
        TenantPolicy policy = situation.defaults().tenants();
        if (policy.tenants().isEmpty()) {
            return Optional.empty();
        }
        String namespace = situation.id().namespace();
        return policy.of(namespace)
                .map(tenant -> new TenantGuard(situation, tenant).violation())
                .orElseGet(() -> Optional.of(refused(
                        "namespace " + namespace + " belongs to no tenant of this operator",
                        "tenants[].namespaces",
                        namespace)));
    }

    private Optional<Refusal> violation() {
        return Stream.<Function<TenantGuard, Optional<Refusal>>>of(
                        TenantGuard::topicNamespace,
                        TenantGuard::topics,
                        TenantGuard::subscription,
                        TenantGuard::topicDeletion,
                        TenantGuard::group,
                        TenantGuard::serviceAccount)
                .map(check -> check.apply(this))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Refusal> topicNamespace() {
        return TopicOperator.of(situation.id(), situation.spec().kafka())
                .map(TopicOperator::namespace)
                .filter(found -> tenant.topicNamespace() != null
                        && !tenant.topicNamespace().equals(found))
                .map(found -> refused(
                        "spec.kafka: KafkaTopics would be in namespace " + found + ", expected "
                                + tenant.topicNamespace(),
                        "topicNamespace",
                        found));
    }

    private Optional<Refusal> topics() {
        return NamedTopic.of(situation.spec()).stream()
                .filter(named -> outside(named.topic().name(), tenant.topicPrefixes()))
                .findFirst()
                .map(named -> refused(
                        named.field() + ".name: found '" + named.topic().name() + "', expected a name that begins with"
                                + " one of " + tenant.topicPrefixes(),
                        "topicPrefixes",
                        named.topic().name()));
    }

    private Optional<Refusal> subscription() {
        SourceSpec.Kafka read = situation.spec().source().kafka();
        if (read == null) {
            return Optional.empty();
        }
        if (read.topicPattern() != null && !within(read.topicPattern(), tenant.topicPrefixes())) {
            return Optional.of(refused(
                    "spec.source.kafka.topicPattern: found '" + read.topicPattern() + "', expected one that begins with"
                            + " one of " + tenant.topicPrefixes() + ", dots written as \\., and has no |",
                    "topicPrefixes",
                    read.topicPattern()));
        }
        return Stream.ofNullable(read.partitions())
                .flatMap(List::stream)
                .filter(each -> outside(each.topic(), tenant.topicPrefixes()))
                .findFirst()
                .map(each -> refused(
                        "spec.source.kafka.partitions: found " + each + ", expected topics whose names begin with one"
                                + " of " + tenant.topicPrefixes(),
                        "topicPrefixes",
                        each.topic()));
    }

    /** Every name that matches begins with a prefix: told only of patterns that begin with it letter by letter. */
    private static boolean within(String pattern, List<String> prefixes) {
        return prefixes.isEmpty()
                || prefixes.stream()
                        .map(prefix -> prefix.replace(".", "\\."))
                        .filter(pattern::startsWith)
                        .map(prefix -> pattern.substring(prefix.length()))
                        .anyMatch(
                                rest -> !rest.contains("|") && (rest.isEmpty() || "*+?{".indexOf(rest.charAt(0)) < 0));
    }

    private Optional<Refusal> topicDeletion() {
        return NamedTopic.of(situation.spec()).stream()
                .filter(named ->
                        !tenant.allowTopicDelete() && named.topic().deletionPolicy() == Topic.DeletionPolicy.Delete)
                .findFirst()
                .map(named -> refused(
                        named.field() + ".deletionPolicy: found Delete, expected Retain", "allowTopicDelete", "true"));
    }

    private Optional<Refusal> group() {
        String found = ConsumerGroup.of(situation, Deployed.of(situation, PipelinePlanner.slot(situation)));
        return found != null && outside(found, tenant.groupPrefixes())
                ? Optional.of(refused(
                        "spec.source.kafka.groupId: found '" + found + "', expected a group that begins with one of "
                                + tenant.groupPrefixes(),
                        "groupPrefixes",
                        found))
                : Optional.empty();
    }

    private Optional<Refusal> serviceAccount() {
        String found = PinnedDefaults.serviceAccount(situation.spec().flink(), situation.defaults());
        return !tenant.serviceAccounts().isEmpty() && !tenant.serviceAccounts().contains(found)
                ? Optional.of(refused(
                        "spec.flink.serviceAccount: found '" + found + "', expected one of " + tenant.serviceAccounts(),
                        "serviceAccounts",
                        found))
                : Optional.empty();
    }

    private static boolean outside(String name, List<String> prefixes) {
        return !prefixes.isEmpty() && prefixes.stream().noneMatch(name::startsWith);
    }

    private static Refusal refused(String what, String field, String value) {
        return Refusal.stalled(
                Reasons.TENANT_FORBIDDEN,
                what + ". Change it, or ask the operator's administrator to add '" + value + "' to " + field
                        + " (KAFKAFLINK_TENANTS)");
    }
}
