package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Transform;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;

/**
 * Our job beside a hand-written one of the same topology: JSON from two partitions, exactly once into Kafka. Both run
 * in turns in one warm JVM; the first pair is not counted. Arguments: records a run (2,000,000), pairs (5).
 */
final class ThroughputBenchmark {
    private static final String IN = "bench-in";
    private static final double TARGET = 0.97;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final TestKafka kafka = TestKafka.get();
    private final long records;
    private final int pairs;
    private final Path folder = Files.createTempDirectory("bench");
    private int run;

    private ThroughputBenchmark(long records, int pairs) throws Exception {
        this.records = records;
        this.pairs = pairs;
    }

    /** What one run took. */
    private record Measurement(double recordsPerSecond, double cpuMicrosPerRecord) {}

    private record Workload(String name, HandWrittenJob.Steps steps) {}

    private interface Job {
        void build(StreamExecutionEnvironment environment, String out, Workload workload);
    }

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        boolean reached = new ThroughputBenchmark(records, pairs).compare();
        System.exit(reached ? 0 : 1);
    }

    private boolean compare() throws Exception {
        double load = SYSTEM.getSystemLoadAverage();
        if (load > SYSTEM.getAvailableProcessors()) {
            System.out.printf(
                    "Load average %.1f on %d processors: others use this machine, compare the CPU a record.%n",
                    load, SYSTEM.getAvailableProcessors());
        }
        kafka.createTopic(IN, 2);
        fill();
        boolean reached = true;
        for (Workload workload : List.of(
                new Workload("pass-through", new HandWrittenJob.Steps(false, false)),
                new Workload("keyed count", new HandWrittenJob.Steps(false, true)),
                new Workload("filter + keyed count", new HandWrittenJob.Steps(true, true)))) {
            reached &= compare(workload);
        }
        return reached;
    }

    private boolean compare(Workload workload) throws Exception {
        List<Double> ratios = new ArrayList<>();
        List<Double> cpuRatios = new ArrayList<>();
        for (int pair = 0; pair <= pairs; pair++) {
            // The order changes, so that neither always follows the other's garbage.
            boolean oursFirst = pair % 2 == 0;
            Measurement first = measure(oursFirst ? ThroughputBenchmark::ours : this::handWritten, workload);
            Measurement second = measure(oursFirst ? this::handWritten : ThroughputBenchmark::ours, workload);
            Measurement ours = oursFirst ? first : second;
            Measurement other = oursFirst ? second : first;
            System.out.printf(
                    "%-22s %-8s ours %,9.0f rec/s %5.2f µs CPU   hand-written %,9.0f rec/s %5.2f µs CPU%n",
                    workload.name(),
                    pair == 0 ? "warm-up" : "pair " + pair,
                    ours.recordsPerSecond(),
                    ours.cpuMicrosPerRecord(),
                    other.recordsPerSecond(),
                    other.cpuMicrosPerRecord());
            if (pair > 0) {
                ratios.add(ours.recordsPerSecond() / other.recordsPerSecond());
                cpuRatios.add(ours.cpuMicrosPerRecord() / other.cpuMicrosPerRecord());
            }
        }
        double ratio = median(ratios);
        System.out.printf(
                "%-22s median   %.3fx the throughput (target %.2fx), %.3fx the CPU a record%n",
                workload.name(), ratio, TARGET, median(cpuRatios));
        return ratio >= TARGET;
    }

    private static double median(List<Double> values) {
        return values.stream()
                .sorted()
                .skip((values.size() - 1) / 2)
                .findFirst()
                .orElseThrow();
    }

    private Measurement measure(Job job, Workload workload) throws Exception {
        String out = "bench-out-" + run++;
        kafka.createTopic(out, 2);
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(5));
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder.toUri().toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        CapturedMetrics.configure(settings, out);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
        job.build(environment, out, workload);
        JobClient client = environment.executeAsync(out);
        long expected = workload.steps().filter() ? records * 3 / 4 : records;
        // The first tenth covers start and class loading.
        awaitSent(out, expected / 10);
        long sent = sent(out);
        long time = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        awaitSent(out, expected);
        long count = sent(out) - sent;
        time = System.nanoTime() - time;
        cpu = SYSTEM.getProcessCpuTime() - cpu;
        client.cancel().get();
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of(out)).all().get();
        }
        System.gc();
        return new Measurement(count * 1e9 / time, cpu / 1e3 / count);
    }

    private static long sent(String run) {
        return CapturedMetrics.sum(run, "numRecordsSend");
    }

    private static void awaitSent(String run, long records) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> sent(run) >= records);
    }

    private void fill() {
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            for (long i = 0; i < records; i++) {
                // Three of four pass the filter.
                long status = i % 8 == 0 ? 404 : 200;
                boolean bot = i % 8 == 1;
                String json = "{\"userId\":\"" + Long.toHexString(0x4a5ee4f90000L + random.nextInt(10_000))
                        + "\",\"page\":\"/presentations/logstash-" + random.nextInt(500)
                        + "/images/kibana.png\",\"timestamp\":" + (1_431_857_103_000L + i) + ",\"status\":" + status
                        + ",\"bytes\":" + random.nextInt(300_000) + ",\"bot\":" + bot + "}";
                producer.send(new ProducerRecord<>(IN, (int) (i % 2), null, null, json.getBytes(UTF_8)));
            }
        }
    }

    private void handWritten(StreamExecutionEnvironment environment, String out, Workload workload) {
        HandWrittenJob.build(environment, kafka.bootstrapServers(), IN, out, workload.steps());
    }

    private static void ours(StreamExecutionEnvironment environment, String out, Workload workload) {
        List<Transform> steps = new ArrayList<>();
        if (workload.steps().filter()) {
            Transform.Filter filter = new Transform.Filter("status == 200 && !bot");
            steps.add(Transform.of("filter", filter));
        }
        if (workload.steps().count()) {
            Transform.KeyedCount count = new Transform.KeyedCount("userId", "visit");
            steps.add(Transform.of("count", count));
        }
        JobConfiguration.KafkaSink sink = new JobConfiguration.KafkaSink(
                out, TestPipeline.JSON, "userId", new Delivery(Delivery.Guarantee.ExactlyOnce, null, "15m"), out + ".");
        JobConfiguration configuration = TestPipeline.of(
                "bench",
                TestPipeline.kafka(
                        "bench",
                        TestPipeline.json(
                                new Field("userId", FieldType.String),
                                new Field("page", FieldType.String),
                                new Field("timestamp", FieldType.Long),
                                new Field("status", FieldType.Long),
                                new Field("bytes", FieldType.Long),
                                new Field("bot", FieldType.Boolean)),
                        TestPipeline.EARLIEST),
                null,
                steps,
                new JobConfiguration.Sink("main", sink, null, null));
        PipelineTopology.build(environment, configuration, ConnectorLine.onClassPath());
    }
}
