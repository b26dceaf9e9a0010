package io.kafkaflink.job;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Holds the metrics of all jobs that run in this JVM, for assertions. */
public final class CapturedMetrics implements MetricReporter, MetricReporterFactory {
    private static final Map<Metric, String> METRICS = new ConcurrentHashMap<>();

    /** Sum of the gauges or counters of that name over all subtasks that run now; -1 while there are none. */
    static long sum(String name) {
        long[] values = METRICS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToLong(entry -> value(entry.getKey()))
                .toArray();
        return values.length == 0 ? -1 : java.util.Arrays.stream(values).sum();
    }

    private static long value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return ((Number) ((Gauge<?>) metric).getValue()).longValue();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return this;
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to configure.
    }

    @Override
    public void close() {
        METRICS.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.put(metric, name);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        METRICS.remove(metric);
    }
}
