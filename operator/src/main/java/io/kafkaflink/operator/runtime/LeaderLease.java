package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leader election by Lease. A replica that lost the lease must end at once: another one acts already. The framework's own
 * exit deadlocks with a shutdown hook that stops the operator (operator-framework/java-operator-sdk#3383), so the exit is
 * ours and leaves an orderly stop alone.
 */
final class LeaderLease {
    static final String NAME = "kafkaflink-operator";
    /**
     * The framework's defaults (15 s, 10 s, 2 s) end the process when the API server is away for 10 s, although no other
     * replica can take over without it. These outlast the restart of a single API server; the price is that a replica
     * that dies is replaced only after a minute, in which jobs run on and changes wait.
     */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration RENEW_WITHIN = Duration.ofSeconds(45);
    private static final Duration TRY_EVERY = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Runnable exit;
    private volatile String leader = "";
    /** This replica's name in the lease, once it has led. */
    private volatile Optional<String> own = Optional.empty();

    /** @param exit ends the process; called in a thread of its own when the lease is lost */
    LeaderLease(Runnable exit) {
        this.exit = exit;
    }

    LeaderElectionConfiguration configuration(OperatorConfig.LeaderElection settings) {
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        NAME)
                .withLeaseDuration(LEASE)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(TRY_EVERY)
                .withLeaderCallbacks(new LeaderCallbacks(this::started, this::lost, this::changed))
                .withExitOnStopLeading(false);
        settings.namespace().ifPresent(builder::withLeaseNamespace);
        settings.identity().ifPresent(builder::withIdentity);
        return builder.build();
    }

    /** To be called before the operator is stopped on purpose. */
    void stopping() {
        stopping.set(true);
    }

    /**
     * Gives the lease back after an orderly stop; the framework leaves it to expire, so that every rollout would wait
     * for a minute. To be called when nothing is reconciled any more.
     */
    void release(KubernetesClient client, OperatorConfig.LeaderElection settings) {
        if (own.isEmpty()) {
            return;
        }
        String namespace = settings.namespace().orElseGet(client::getNamespace);
        try {
            Lease lease = client.leases().inNamespace(namespace).withName(NAME).get();
            if (lease != null && own.get().equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                // With the version it was read in: whoever has taken it over meanwhile keeps it.
                client.resource(lease).update();
            }
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("lease", NAME).log("not released, it expires by itself: {}", e.getMessage());
        }
    }

    private void started() {
        // The framework tells the name of a new leader first, then the leader that it is one.
        own = Optional.of(leader);
        LOG.atInfo().addKeyValue("lease", NAME).log("this replica leads");
    }

    private void changed(String newLeader) {
        leader = newLeader;
        LOG.atInfo().addKeyValue("lease", NAME).addKeyValue("leader", newLeader).log("the leader changed");
    }

    private void lost() {
        if (!stopping.get()) {
            LOG.atError()
                    .addKeyValue("lease", NAME)
                    .log("the lease is lost; this process ends, a restarted one waits for it");
            new Thread(exit, "lease-lost").start();
        }
    }
}
