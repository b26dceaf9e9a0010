package io.kafkaflink.operator.runtime;

import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.plan.ChangeKind;
import io.kafkaflink.operator.plan.UpgradeResult;
import io.kafkaflink.operator.plan.UpgradeStep;
import io.kafkaflink.operator.reconcile.UpgradeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;

/** Steps, ends and downtimes of upgrades, by kind; no series of single pipelines. */
final class UpgradeMetrics implements UpgradeMeter {
    private static final String KIND = "kind";
    private static final EnumSet<ChangeKind> WITHOUT_END = EnumSet.of(ChangeKind.None, ChangeKind.Live);

    private final MeterRegistry registry;

    /** Counters of ends are there from the start: a rate never shows the increase that makes a series. */
    UpgradeMetrics(MeterRegistry registry) {
        this.registry = registry;
        EnumSet.complementOf(WITHOUT_END).forEach(kind -> EnumSet.allOf(UpgradeResult.class)
                .forEach(result -> ends(kind.name(), result.name())));
    }

    @Override
    public void written(PipelineStatus before, PipelineStatus after) {
        UpgradeStatus is = after.upgrade();
        left(before.upgrade(), after);
        if (is != null && !same(before.upgrade(), is)) {
            UpgradeStep.of(is.step()).ifPresent(step -> registry.counter(
                            "kafkaflink.upgrade.steps", KIND, is.kind(), "step", label(step))
                    .increment());
        }
        LastUpgradeStatus last = after.lastUpgrade();
        if (last != null
                && (before.lastUpgrade() == null
                        || !last.id().equals(before.lastUpgrade().id()))) {
            ended(last);
        }
    }

    /** How long the step took that is over now. */
    private void left(UpgradeStatus was, PipelineStatus after) {
        if (was == null || was.stepStartedAt() == null || same(was, after.upgrade())) {
            return;
        }
        Optional<Instant> end = Optional.ofNullable(after.upgrade())
                .filter(is -> Objects.equals(is.id(), was.id()))
                .map(UpgradeStatus::stepStartedAt)
                .or(() -> Optional.ofNullable(after.lastUpgrade())
                        .filter(last -> Objects.equals(last.id(), was.id()))
                        .map(LastUpgradeStatus::completedAt));
        end.map(at -> Duration.between(was.stepStartedAt(), at))
                .filter(time -> !time.isNegative())
                .ifPresent(time -> UpgradeStep.of(was.step())
                        .ifPresent(step -> registry.timer("kafkaflink.upgrade.step.duration", "step", label(step))
                                .record(time)));
    }

    private static String label(UpgradeStep step) {
        return step.number() + " " + step.text();
    }

    private void ended(LastUpgradeStatus last) {
        ends(last.kind(), last.result()).increment();
        if (last.downtime() != null && last.downtime().matches(Timespan.PATTERN)) {
            registry.timer("kafkaflink.upgrade.downtime", KIND, last.kind()).record(Timespan.parse(last.downtime()));
        }
    }

    private Counter ends(String kind, String result) {
        return registry.counter("kafkaflink.upgrades", KIND, kind, "result", result);
    }

    private static boolean same(UpgradeStatus was, UpgradeStatus is) {
        return was != null && is != null && Objects.equals(was.id(), is.id()) && Objects.equals(was.step(), is.step());
    }
}
