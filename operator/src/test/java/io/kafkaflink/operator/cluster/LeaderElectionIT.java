package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two replicas under the shipped rights. */
@RequiresKubeApi
class LeaderElectionIT {
    private Site first;
    private Site second;

    @BeforeEach
    void twoReplicas(KubeApi api, TestNamespace namespace) {
        World world = World.of(api);
        first = replica(new Site(world, namespace.name()).withTopicOperator(), "replica-1");
        second = replica(new Site(world, namespace.name()), "replica-2");
        api.client()
                .leases()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName("kafkaflink-operator")
                .delete();
    }

    private static Site replica(Site site, String identity) {
        site.settings.put("KAFKAFLINK_LEADER_ELECTION", "true");
        site.settings.put("KAFKAFLINK_LEADER_ELECTION_NAMESPACE", ShippedRights.NAMESPACE);
        site.settings.put("KAFKAFLINK_LEADER_ELECTION_IDENTITY", identity);
        return site;
    }

    @AfterEach
    void close() {
        second.stopOperator();
        first.close();
    }

    @Test
    @DisplayName("one acts, the other is ready and writes nothing; it goes on when the first is gone")
    void takeOver(KubeApi api) {
        first.withOperator();
        first.eventually(() -> assertThat(holder(api)).isEqualTo("replica-1"));
        second.withOperator();
        assertThat(second.ask("/readyz").statusCode()).isEqualTo(200);
        first.apply(PipelineText.named("clicks"));
        first.awaitReady("clicks");
        assertThat(second.requests.writing())
                .allSatisfy(request -> assertThat(request).contains("/leases"));

        first.stopOperator();
        assertThat(holder(api)).as("given back, not left to expire").isNotEqualTo("replica-1");
        first.apply(PipelineText.named("clicks").withPrefix("later: "));

        first.eventually(() -> assertThat(holder(api)).isEqualTo("replica-2"));
        first.awaitReady("clicks");
        assertThat(second.requests.writing())
                .anySatisfy(request -> assertThat(request).contains("/flinkdeployments"));
    }

    private static String holder(KubeApi api) {
        return api.client()
                .leases()
                .inNamespace(ShippedRights.NAMESPACE)
                .withName("kafkaflink-operator")
                .get()
                .getSpec()
                .getHolderIdentity();
    }
}
