package io.kafkaflink.operator.runtime;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.reconcile.UpgradeMeter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The process's metrics: of the operator framework, pipelines and their upgrades, JVM and build. */
final class OperatorMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final UpgradeMeter upgrades = new UpgradeMetrics(registry);
    private final Metrics framework = MicrometerMetrics.withoutPerResourceMetrics(registry);

    OperatorMetrics(BuildInfo build) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        Gauge.builder("kafkaflink.operator.build.info", () -> 1)
                .description("Always 1; the labels tell the build.")
                .tag("version", build.version())
                .tag("commit", build.commit())
                .register(registry);
    }

    /** Shows the pipelines of a cache from now on. */
    void show(Supplier<Stream<KafkaFlinkPipeline>> pipelines) {
        registry.getPrometheusRegistry().register(new PipelineSeries(pipelines));
    }

    /** To hand to the operator framework. */
    Metrics framework() {
        return framework;
    }

    /** Takes the upgrades of pipelines. */
    UpgradeMeter upgrades() {
        return upgrades;
    }

    /** All metrics in Prometheus text format. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
