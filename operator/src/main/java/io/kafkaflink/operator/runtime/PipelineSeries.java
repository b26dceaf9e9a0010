package io.kafkaflink.operator.runtime;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.DeployedStatus;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SavepointStatus;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.api.v1alpha1.Topic;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.plan.UpgradeStep;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The series of single pipelines, made of the cached resources at each scrape, so that they vanish with their resource and
 * one instance, the leader, has them.
 */
final class PipelineSeries implements MultiCollector {
    private static final Set<UpgradeStep> WITHOUT_JOB =
            EnumSet.of(UpgradeStep.STOP, UpgradeStep.GO, UpgradeStep.VERIFY, UpgradeStep.ROLLBACK);

    private final Supplier<Stream<KafkaFlinkPipeline>> pipelines;

    PipelineSeries(Supplier<Stream<KafkaFlinkPipeline>> pipelines) {
        this.pipelines = pipelines;
    }

    @Override
    public MetricSnapshots collect() {
        List<KafkaFlinkPipeline> all =
                pipelines.get().filter(pipeline -> pipeline.getStatus() != null).toList();
        List<MetricSnapshot> series = new ArrayList<>();
        ofConditions(series, all);
        series.add(info(all));
        gauge(
                series,
                "pipeline_partitions_desired",
                "Partitions of the source topics, the most, by the spec.",
                all,
                this::wanted);
        gauge(
                series,
                "pipeline_partitions",
                "Partitions that the source topics really have, the most.",
                all,
                pipeline -> value(pipeline, pipeline.getStatus().partitions()));
        gauge(
                series,
                "pipeline_parallelism",
                "Parallelism of the deployed job.",
                all,
                pipeline -> value(
                        pipeline,
                        deployed(pipeline).map(DeployedStatus::parallelism).orElse(null)));
        gauge(series, "upgrade_step", "1 for the step of the upgrade under way.", all, this::step);
        gauge(series, "upgrade_step_started_timestamp_seconds", "When that step started.", all, this::started);
        gauge(
                series,
                "transaction_deadline_timestamp_seconds",
                "While an upgrade has no job running: when Kafka aborts the oldest transaction that may be open.",
                all,
                this::deadline);
        return new MetricSnapshots(series);
    }

    private void ofConditions(List<MetricSnapshot> series, List<KafkaFlinkPipeline> all) {
        gauge(
                series,
                "pipeline_condition",
                "1 for the status that a condition has, 0 for the others.",
                all,
                this::conditions);
        gauge(
                series,
                "pipeline_condition_reason",
                "Always 1; the labels tell why a condition is what it is.",
                all,
                this::reasons);
        gauge(
                series,
                "pipeline_condition_changed_timestamp_seconds",
                "When the status of a condition last changed.",
                all,
                this::changed);
    }

    private interface Points {
        Stream<GaugeDataPointSnapshot> of(KafkaFlinkPipeline pipeline);
    }

    private static void gauge(
            List<MetricSnapshot> series, String name, String help, List<KafkaFlinkPipeline> all, Points points) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("kafkaflink_" + name).help(help);
        all.stream().flatMap(points::of).forEach(gauge::dataPoint);
        series.add(gauge.build());
    }

    private Stream<GaugeDataPointSnapshot> conditions(KafkaFlinkPipeline pipeline) {
        return pipeline.getStatus().conditions().stream().flatMap(condition -> Stream.of(Condition.Status.values())
                .map(status -> point(
                        condition.status() == status ? 1 : 0,
                        labels(pipeline, condition)
                                .merge(Labels.of("status", status.name().toLowerCase(Locale.ROOT))))));
    }

    private Stream<GaugeDataPointSnapshot> reasons(KafkaFlinkPipeline pipeline) {
        return pipeline.getStatus().conditions().stream()
                .map(condition ->
                        point(1, labels(pipeline, condition).merge(Labels.of("reason", text(condition.reason())))));
    }

    private Stream<GaugeDataPointSnapshot> changed(KafkaFlinkPipeline pipeline) {
        return pipeline.getStatus().conditions().stream()
                .filter(condition -> condition.lastTransitionTime() != null)
                .map(condition -> point(seconds(condition.lastTransitionTime()), labels(pipeline, condition)));
    }

    private static MetricSnapshot info(List<KafkaFlinkPipeline> all) {
        InfoSnapshot.Builder info =
                InfoSnapshot.builder().name("kafkaflink_pipeline").help("Always 1; the labels tell what is deployed.");
        all.forEach(pipeline -> deployed(pipeline)
                .map(deployed -> Labels.of(
                        "revision", text(deployed.revision()),
                        "flink_deployment", text(deployed.flinkDeployment()),
                        "flink_version", text(deployed.flinkVersion()),
                        "connector_version", text(deployed.connectorVersion())))
                .ifPresent(labels -> info.dataPoint(InfoDataPointSnapshot.builder()
                        .labels(labels(pipeline).merge(labels))
                        .build())));
        return info.build();
    }

    private Stream<GaugeDataPointSnapshot> wanted(KafkaFlinkPipeline pipeline) {
        if (pipeline.getSpec() == null || pipeline.getSpec().source().kafka() == null) {
            return Stream.empty();
        }
        return pipeline.getSpec().source().kafka().topics().stream()
                .map(Topic::partitions)
                .filter(Objects::nonNull)
                .max(Integer::compare)
                .stream()
                .flatMap(most -> value(pipeline, most));
    }

    private Stream<GaugeDataPointSnapshot> step(KafkaFlinkPipeline pipeline) {
        return upgrade(pipeline).stream()
                .map(upgrade ->
                        point(1, labels(pipeline).merge(Labels.of("kind", upgrade.kind(), "step", step(upgrade)))));
    }

    private Stream<GaugeDataPointSnapshot> started(KafkaFlinkPipeline pipeline) {
        return upgrade(pipeline).stream().map(upgrade -> point(seconds(upgrade.stepStartedAt()), labels(pipeline)));
    }

    /** Kafka's clock runs from the stop on, whatever step comes after. */
    private Stream<GaugeDataPointSnapshot> deadline(KafkaFlinkPipeline pipeline) {
        return upgrade(pipeline)
                .filter(upgrade -> UpgradeStep.of(upgrade.step())
                        .filter(WITHOUT_JOB::contains)
                        .isPresent())
                .flatMap(upgrade -> shortest(pipeline)
                        .map(limit -> stopped(pipeline, upgrade).plus(limit)))
                .stream()
                .map(deadline -> point(seconds(deadline), labels(pipeline)));
    }

    private static Instant stopped(KafkaFlinkPipeline pipeline, UpgradeStatus upgrade) {
        return pipeline.getStatus().savepoints().stream()
                .filter(savepoint -> savepoint.path().equals(upgrade.savepoint()))
                .map(SavepointStatus::takenAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(upgrade.stepStartedAt());
    }

    private static Optional<Duration> shortest(KafkaFlinkPipeline pipeline) {
        return pipeline.getSpec() == null
                ? Optional.empty()
                : pipeline.getSpec().sinks().stream()
                        .map(SinkSpec::kafka)
                        .filter(Objects::nonNull)
                        .map(SinkSpec.Kafka::delivery)
                        .filter(delivery -> delivery.guarantee() == Delivery.Guarantee.ExactlyOnce)
                        .map(delivery -> Timespan.parse(delivery.transactionTimeout()))
                        .min(Duration::compareTo);
    }

    private static Optional<DeployedStatus> deployed(KafkaFlinkPipeline pipeline) {
        return Optional.ofNullable(pipeline.getStatus()).map(PipelineStatus::deployed);
    }

    private static Optional<UpgradeStatus> upgrade(KafkaFlinkPipeline pipeline) {
        return Optional.ofNullable(pipeline.getStatus().upgrade())
                .filter(upgrade -> upgrade.stepStartedAt() != null && upgrade.kind() != null && upgrade.step() != null);
    }

    private static String step(UpgradeStatus upgrade) {
        return UpgradeStep.of(upgrade.step())
                .map(step -> step.number() + " " + step.text())
                .orElse(upgrade.step());
    }

    private static Stream<GaugeDataPointSnapshot> value(KafkaFlinkPipeline pipeline, Integer value) {
        return value == null ? Stream.empty() : Stream.of(point(value, labels(pipeline)));
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static Labels labels(KafkaFlinkPipeline pipeline) {
        return Labels.of(
                "namespace", pipeline.getMetadata().getNamespace(),
                "name", pipeline.getMetadata().getName());
    }

    private static Labels labels(KafkaFlinkPipeline pipeline, Condition condition) {
        return labels(pipeline).merge(Labels.of("type", condition.type()));
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
