package io.kafkaflink.job.handover;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * How a job starts.
 *
 * @param path state to start from; empty to leave it to Flink's configuration
 * @param leaveUnclaimed whether state may be left behind, for this start only
 * @param offsets where the source reads partitions that it has no state of; empty as configured
 */
public record StartPlan(Optional<String> path, boolean leaveUnclaimed, Optional<OffsetsInitializer> offsets) {
    static final StartPlan AS_CONFIGURED = new StartPlan(Optional.empty(), false, Optional.empty());

    /** Settings that the environment takes over before the graph is built. */
    public Configuration settings() {
        Configuration settings = new Configuration();
        path.ifPresent(state -> {
            settings.set(StateRecoveryOptions.SAVEPOINT_PATH, state);
            settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, leaveUnclaimed);
        });
        return settings;
    }
}
