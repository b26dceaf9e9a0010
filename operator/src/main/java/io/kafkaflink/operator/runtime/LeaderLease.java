package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
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
    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Runnable exit;

    /** @param exit ends the process; called in a thread of its own when the lease is lost */
    LeaderLease(Runnable exit) {
        this.exit = exit;
    }

    LeaderElectionConfiguration configuration(OperatorConfig.LeaderElection settings) {
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        NAME)
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

    private void started() {
        LOG.atInfo().addKeyValue("lease", NAME).log("this replica leads");
    }

    private void changed(String leader) {
        LOG.atInfo().addKeyValue("lease", NAME).addKeyValue("leader", leader).log("the leader changed");
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
