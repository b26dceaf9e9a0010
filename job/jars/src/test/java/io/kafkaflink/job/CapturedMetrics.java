package io.kafkaflink.job;

import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Holds the metrics of one job that runs in this JVM, for assertions. */
public final class CapturedMetrics implements MetricReporter, MetricReporterFactory {
    private static final Map<String, CapturedMetrics> REPORTERS = new ConcurrentHashMap<>();

    private final Map<Metric, String> metrics = new ConcurrentHashMap<>();

    /** @param run unique in this JVM; the mini cluster of a former job may still be closing */
    static void configure(Configuration settings, String run) {
        settings.setString("metrics.reporters", "captured");
        settings.setString("metrics.reporter.captured.factory.class", CapturedMetrics.class.getName());
        settings.setString("metrics.reporter.captured.run", run);
    }

    /** Sum of the gauges or counters of that name over all subtasks of a run; -1 while there are none. */
    static long sum(String run, String name) {
        CapturedMetrics reporter = REPORTERS.get(run);
        if (reporter == null) {
            return -1;
        }
        long[] values = reporter.metrics.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToLong(entry -> value(entry.getKey()))
                .toArray();
        return values.length == 0 ? -1 : Arrays.stream(values).sum();
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new CapturedMetrics();
    }

    @Override
    public void open(MetricConfig config) {
        REPORTERS.put(config.getString("run", ""), this);
    }

    @Override
    public void close() {
        REPORTERS.values().remove(this);
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        metrics.put(metric, name);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        metrics.remove(metric);
    }
}
