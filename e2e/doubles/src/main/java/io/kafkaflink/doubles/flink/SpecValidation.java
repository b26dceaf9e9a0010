package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operator's checks of a spec before it acts on it; the first message wins. */
final class SpecValidation {

    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
    private static final String[] FORBIDDEN = {
        "kubernetes.namespace", "kubernetes.cluster-id", "high-availability.cluster-id"
    };

    private SpecValidation() {}

    /** The complaint about the current spec, given the last reconciled one. */
    static Optional<String> complaint(FlinkDeployment resource, Optional<ReconciledSpec> last) {
        FlinkSpec spec = resource.spec();
        refuseUnknownGround(spec);
        if (!NAME.matcher(resource.key().name()).matches()) {
            return Optional.of("The FlinkDeployment name: " + resource.key().name()
                    + " is invalid, must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character, and the length must be no more than 45"
                    + " characters.");
        }
        if (spec.flinkVersion().isEmpty()) {
            return Optional.of("Flink Version must be defined.");
        }
        return configuration(spec)
                .or(() -> job(spec))
                .or(() -> spec.serviceAccount().isEmpty()
                        ? Optional.of("spec.serviceAccount must be defined. If you use helm, its value should be the "
                                + "same with the name of jobServiceAccount.")
                        : Optional.empty())
                .or(() -> last.flatMap(old -> redeploy(spec, old.spec())));
    }

    private static void refuseUnknownGround(FlinkSpec spec) {
        if (spec.mode().filter(mode -> !mode.equals("native")).isPresent()) {
            throw new NotRecorded("spec.mode " + spec.mode().get());
        }
        if (spec.hasTaskManagerReplicas()) {
            throw new NotRecorded("spec.taskManager.replicas");
        }
        if (spec.flag("kubernetes.operator.deployment.rollback.enabled", false)) {
            throw new NotRecorded("kubernetes.operator.deployment.rollback.enabled=true");
        }
        if (spec.flag("job.autoscaler.enabled", false)) {
            throw new NotRecorded("job.autoscaler.enabled=true");
        }
    }

    private static Optional<String> configuration(FlinkSpec spec) {
        for (String key : FORBIDDEN) {
            if (spec.configuration().containsKey(key)) {
                return Optional.of("Forbidden Flink config key: " + key);
            }
        }
        return spec.jobManagerReplicas() > 1 && !spec.highAvailability()
                ? Optional.of("High availability should be enabled when starting standby JobManagers.")
                : Optional.empty();
    }

    private static Optional<String> job(FlinkSpec spec) {
        if (spec.parallelism() < 1) {
            return Optional.of("Job parallelism must be larger than 0");
        }
        boolean stateful = spec.upgradeMode() != UpgradeMode.STATELESS;
        if (stateful
                && directory(spec, "state.checkpoints.dir", "execution.checkpointing.dir")
                        .isEmpty()) {
            return Optional.of("Checkpoint directory[execution.checkpointing.dir] must be defined for last-state and "
                    + "savepoint upgrade modes");
        }
        if (spec.upgradeMode() == UpgradeMode.SAVEPOINT
                && savepointDirectory(spec).isEmpty()) {
            return Optional.of("Job could not be upgraded with savepoint while config "
                    + "key[execution.checkpointing.savepoint-dir] is not set");
        }
        return Optional.empty();
    }

    private static Optional<String> redeploy(FlinkSpec spec, FlinkSpec old) {
        boolean nonceMoved = spec.savepointRedeployNonce().isPresent()
                && !spec.savepointRedeployNonce().equals(old.savepointRedeployNonce());
        if (nonceMoved && spec.initialSavepointPath().isEmpty()) {
            return Optional.of("InitialSavepointPath must not be empty for savepoint redeployment");
        }
        boolean lastStateSuspended =
                old.state() == DesiredState.SUSPENDED && old.upgradeMode() == UpgradeMode.LAST_STATE;
        return lastStateSuspended && !old.flinkVersion().equals(spec.flinkVersion())
                ? Optional.of("Changing flinkVersion after last-state suspend is not allowed.")
                : Optional.empty();
    }

    static Optional<String> savepointDirectory(FlinkSpec spec) {
        return directory(spec, "state.savepoints.dir", "execution.checkpointing.savepoint-dir");
    }

    private static Optional<String> directory(FlinkSpec spec, String oldKey, String newKey) {
        Map<String, String> configuration = spec.configuration();
        return Optional.ofNullable(configuration.getOrDefault(newKey, configuration.get(oldKey)));
    }
}
