package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.plan.Reasons;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The shipped roles hold what the operator uses and nothing else. That they suffice is shown by every other test here. */
@RequiresKubeApi
class OperatorRightsIT {
    /** Rights that only show in rare cases. */
    private static final Set<String> RARE = Set.of(
            // Removing the finalizer of a pipeline that somebody changes at that moment reads it again.
            "kafkaflink.io kafkaflinkpipelines get",
            // OpenShift's OwnerReferencesPermissionEnforcement asks for it.
            "kafkaflink.io kafkaflinkpipelines/finalizers update",
            // fabric8 takes a lease over by update and renews it by patch.
            "coordination.k8s.io leases update");

    private Site site;

    @BeforeEach
    void site(KubeApi api, TestNamespace namespace) {
        site = new Site(World.of(api), namespace.name()).withTopicOperator();
        site.settings.put("KAFKAFLINK_LEADER_ELECTION", "true");
        site.settings.put("KAFKAFLINK_LEADER_ELECTION_NAMESPACE", ShippedRights.NAMESPACE);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("every verb of every role is used in the life of pipelines")
    void allAreUsed(KubeApi api) {
        Kafkas.define(api.client());
        site.withOperator();
        site.apply(PipelineText.named("kept").with("deletionPolicy: Orphan"));
        PipelineText gone = PipelineText.named("gone").withTopicMembers(", deletionPolicy: Delete");
        site.apply(gone);
        site.apply(
                "referring",
                PipelineText.named("referring")
                        .yaml()
                        .replace("bootstrapServers: \"kafka:9092\"", "clusterRef: {name: prod, listener: plain}"));

        site.awaitReady("kept");
        site.awaitReady("gone");
        site.awaitReason("referring", "Reconciling", Condition.Status.True, Reasons.KAFKA_NOT_FOUND);
        for (String name : List.of("kept", "gone", "referring")) {
            site.delete(name);
            site.eventually(() -> assertThat(site.find(name)).isEmpty());
        }

        Set<String> shipped = new TreeSet<>(shipped(api));
        shipped.removeAll(RARE);
        Set<String> used = new TreeSet<>(site.requests.rights());
        used.removeIf(right -> right.contains("selfsubjectrulesreviews"));
        used.removeAll(RARE);
        assertThat(used).isEqualTo(shipped);
    }

    @Test
    @DisplayName("no role holds Secrets, wildcards, or more of pods than a look")
    void nothingDangerous(KubeApi api) {
        assertThat(shipped(api))
                .noneSatisfy(right -> assertThat(right).containsAnyOf("*", " secrets ", "serviceaccounts", "pods/"))
                .filteredOn(right -> right.contains(" pods "))
                .containsExactlyInAnyOrder(" pods list", " pods watch");
        assertThat(shipped(api))
                .noneSatisfy(right -> assertThat(right).containsAnyOf("escalate", "bind", "impersonate"));
    }

    private static List<String> shipped(KubeApi api) {
        return ShippedRights.objects(api.client()).stream()
                .flatMap(OperatorRightsIT::rules)
                .flatMap(rule -> rule.getApiGroups().stream()
                        .flatMap(group -> rule.getResources().stream().flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> group + " " + resource + " " + verb))))
                .toList();
    }

    private static Stream<PolicyRule> rules(HasMetadata object) {
        if (object instanceof ClusterRole role) {
            return role.getRules().stream();
        }
        return object instanceof Role role ? role.getRules().stream() : Stream.empty();
    }
}
