package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus.Phases;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus.Procedure;
import java.time.Instant;

/** An upgrade in status with some members replaced. */
final class UpgradeDraft {
    private final UpgradeStatus base;
    private String kind;
    private String step;
    private Instant stepStartedAt;
    private String savepoint;
    private Procedure procedure;
    private String fromDeployment;
    private String toDeployment;
    private String jobId;
    private String message;
    private Phases phases;

    UpgradeDraft(UpgradeStatus base) {
        this.base = base;
        this.kind = base.kind();
        this.step = base.step();
        this.stepStartedAt = base.stepStartedAt();
        this.savepoint = base.savepoint();
        this.procedure = base.procedure();
        this.fromDeployment = base.fromDeployment();
        this.toDeployment = base.toDeployment();
        this.jobId = base.jobId();
        this.message = base.message();
        this.phases = base.phases();
    }

    UpgradeDraft kind(String value) {
        kind = value;
        return this;
    }

    UpgradeDraft step(String value) {
        step = value;
        return this;
    }

    UpgradeDraft stepStartedAt(Instant value) {
        stepStartedAt = value;
        return this;
    }

    UpgradeDraft savepoint(String value) {
        savepoint = value;
        return this;
    }

    UpgradeDraft procedure(Procedure value) {
        procedure = value;
        return this;
    }

    UpgradeDraft fromDeployment(String value) {
        fromDeployment = value;
        return this;
    }

    UpgradeDraft toDeployment(String value) {
        toDeployment = value;
        return this;
    }

    UpgradeDraft jobId(String value) {
        jobId = value;
        return this;
    }

    UpgradeDraft message(String value) {
        message = value;
        return this;
    }

    UpgradeDraft phases(Phases value) {
        phases = value;
        return this;
    }

    UpgradeStatus made() {
        return new UpgradeStatus(
                base.id(),
                kind,
                step,
                base.from(),
                base.to(),
                base.startedAt(),
                stepStartedAt,
                savepoint,
                procedure,
                fromDeployment,
                toDeployment,
                jobId,
                message,
                phases);
    }
}
