package io.kafkaflink.operator.runtime;

import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.plan.UpgradeStep;
import io.kafkaflink.operator.reconcile.UpgradeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;

/** Steps, ends and downtimes of upgrades, by kind; no series of single pipelines. */
final class UpgradeMetrics implements UpgradeMeter {
    private static final String KIND = "kind";

    private final MeterRegistry registry;

    UpgradeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void written(PipelineStatus before, PipelineStatus after) {
        UpgradeStatus is = after.upgrade();
        if (is != null && !same(before.upgrade(), is)) {
            UpgradeStep.of(is.step()).ifPresent(step -> registry.counter(
                            "kafkaflink.upgrade.steps", KIND, is.kind(), "step", step.number() + " " + step.text())
                    .increment());
        }
        LastUpgradeStatus last = after.lastUpgrade();
        if (last != null
                && (before.lastUpgrade() == null
                        || !last.id().equals(before.lastUpgrade().id()))) {
            ended(last);
        }
    }

    private void ended(LastUpgradeStatus last) {
        registry.counter("kafkaflink.upgrades", KIND, last.kind(), "result", last.result())
                .increment();
        if (last.downtime() != null && last.downtime().matches(Timespan.PATTERN)) {
            registry.timer("kafkaflink.upgrade.downtime", KIND, last.kind()).record(Timespan.parse(last.downtime()));
        }
    }

    private static boolean same(UpgradeStatus was, UpgradeStatus is) {
        return was != null && Objects.equals(was.id(), is.id()) && Objects.equals(was.step(), is.step());
    }
}
