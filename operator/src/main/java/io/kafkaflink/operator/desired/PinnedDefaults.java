package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.FlinkSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.util.Optional;

/** What a spec leaves to the operator; resolved when a revision is rendered and pinned in it. */
public final class PinnedDefaults {
    private PinnedDefaults() {}

    /** {@code spec.flink.image}, else the operator's for the pair of versions; empty when it has none. */
    public static Optional<String> image(FlinkSpec flink, OperatorDefaults defaults) {
        VersionPair pair = new VersionPair(flink.flinkVersion(), flink.connectorVersion());
        return Optional.ofNullable(flink.image())
                .or(() -> Optional.ofNullable(defaults.images().get(pair)));
    }

    /** {@code spec.state.dir}, else the operator's; empty when it has none. */
    public static Optional<String> stateDir(PipelineSpec spec, OperatorDefaults defaults) {
        return Optional.ofNullable(spec.state().dir()).or(() -> Optional.ofNullable(defaults.stateDir()));
    }

    public static String serviceAccount(FlinkSpec flink, OperatorDefaults defaults) {
        return flink.serviceAccount() != null ? flink.serviceAccount() : defaults.serviceAccount();
    }
}
