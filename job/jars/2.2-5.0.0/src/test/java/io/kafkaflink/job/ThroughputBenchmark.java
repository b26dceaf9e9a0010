package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.OnError;
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
 * in turns in one warm JVM; the first pair is not counted. Arguments: records a run (2,000,000), the fewest pairs (5), the
 * fewest seconds of a workload's measured time (60), a part of the titles of workloads (all).
 */
final class ThroughputBenchmark {
    private static final String IN = "bench-in";
    private static final String COPY = "bench-copy";
    private static final String ALL = "all";
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final TestKafka kafka = TestKafka.get();
    private final long records;
    private final int pairs;
    private final double seconds;
    private final Path folder = Files.createTempDirectory("bench");
    private int run;

    private ThroughputBenchmark(long records, int pairs, double seconds) throws Exception {
        this.records = records;
        this.pairs = pairs;
        this.seconds = seconds;
    }

    /** What one run took. */
    private record Measurement(double seconds, double recordsPerSecond, double cpuMicrosPerRecord) {}

    private interface Job {
        void build(StreamExecutionEnvironment environment, String out, Workload workload);
    }

    public static void main(String[] arguments) throws Exception {
        long records = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        int pairs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        double seconds = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 60;
        boolean reached =
                new ThroughputBenchmark(records, pairs, seconds).compare(arguments.length > 3 ? arguments[3] : ALL);
        System.exit(reached ? 0 : 1);
    }

    private boolean compare(String part) throws Exception {
        double load = SYSTEM.getSystemLoadAverage();
        if (load > SYSTEM.getAvailableProcessors()) {
            System.out.printf(
                    "Load average %.1f on %d processors: others use this machine, compare the CPU a record.%n",
                    load, SYSTEM.getAvailableProcessors());
        }
        kafka.createTopic(IN, 2);
        kafka.createTopic("bench-dead", 2);
        fill();
        boolean reached = true;
        for (Workload workload : Workload.values()) {
            reached &= !(part.equals(ALL) || workload.title().contains(part)) || compare(workload);
        }
        limits();
        return reached;
    }

    /** The same without Flink, once to warm up and once to count. */
    private void limits() throws Exception {
        BareLoops bare = new BareLoops(kafka.bootstrapServers(), IN, records);
        kafka.createTopic(COPY, 2);
        bare.reading();
        System.out.printf("bare consumers, two threads, values unread       %,9.0f rec/s%n", bare.reading());
        bare.copying(COPY);
        System.out.printf("bare consumer to producer, one thread            %,9.0f rec/s%n", bare.copying(COPY));
    }

    private boolean compare(Workload workload) throws Exception {
        Job other = other(workload);
        List<Double> ratios = new ArrayList<>();
        List<Double> cpuRatios = new ArrayList<>();
        double measured = 0;
        for (int pair = 0; pair <= pairs || measured < seconds; pair++) {
            // The order changes, so that neither always follows the other's garbage.
            boolean oursFirst = pair % 2 == 0;
            Measurement first = measure(oursFirst ? ThroughputBenchmark::ours : other, workload);
            Measurement second = measure(oursFirst ? other : ThroughputBenchmark::ours, workload);
            Measurement ours = oursFirst ? first : second;
            Measurement theirs = oursFirst ? second : first;
            System.out.printf(
                    "%-22s %-8s ours %,9.0f rec/s %5.2f µs CPU   %-12s %,9.0f rec/s %5.2f µs CPU%n",
                    workload.title(),
                    pair == 0 ? "warm-up" : "pair " + pair,
                    ours.recordsPerSecond(),
                    ours.cpuMicrosPerRecord(),
                    workload.other(),
                    theirs.recordsPerSecond(),
                    theirs.cpuMicrosPerRecord());
            if (pair > 0) {
                measured += first.seconds() + second.seconds();
                ratios.add(ours.recordsPerSecond() / theirs.recordsPerSecond());
                cpuRatios.add(ours.cpuMicrosPerRecord() / theirs.cpuMicrosPerRecord());
            }
        }
        double ratio = median(ratios);
        System.out.printf(
                "%-22s median   %.3fx the throughput (target %.2fx), %.3fx the CPU a record; %d pairs, %.0f s%n",
                workload.title(), ratio, workload.target(), median(cpuRatios), ratios.size(), measured);
        allocations(workload);
        return ratio >= workload.target();
    }

    private Job other(Workload workload) {
        return workload == Workload.DEAD_LETTERS
                ? (environment, out, same) -> ours(environment, out, Workload.PASS_THROUGH)
                : this::handWritten;
    }

    /** Runs of their own, since the recording costs time. */
    private void allocations(Workload workload) throws Exception {
        allocations("ours", ThroughputBenchmark::ours, workload);
        allocations(workload.other(), other(workload), workload);
    }

    private void allocations(String name, Job job, Workload workload) throws Exception {
        try (Allocations allocations = Allocations.start()) {
            measure(job, workload);
            System.out.printf(
                    "%-22s %-12s allocates %s%n", workload.title(), name, allocations.perRecord(records, folder));
        }
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
        long end = workload.end(records);
        // The first tenth covers start and class loading.
        awaitProgress(workload, out, end / 10);
        long before = workload.progress(out);
        long time = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        awaitProgress(workload, out, end);
        long count = workload.progress(out) - before;
        time = System.nanoTime() - time;
        cpu = SYSTEM.getProcessCpuTime() - cpu;
        client.cancel().get();
        try (Admin admin = kafka.admin()) {
            admin.deleteTopics(List.of(out)).all().get();
        }
        System.gc();
        return new Measurement(time / 1e9, count * 1e9 / time, cpu / 1e3 / count);
    }

    private static void awaitProgress(Workload workload, String run, long end) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> workload.progress(run) >= end);
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
        HandWrittenJob.build(environment, kafka.bootstrapServers(), IN, out, workload);
    }

    private static void ours(StreamExecutionEnvironment environment, String out, Workload workload) {
        JobConfiguration.KafkaSink kafka = new JobConfiguration.KafkaSink(
                out,
                TestPipeline.JSON,
                workload == Workload.WINDOW ? "page" : "userId",
                new Delivery(Delivery.Guarantee.ExactlyOnce, null, "15m"),
                out + ".");
        JobConfiguration.Sink sink = workload == Workload.SOURCE_ONLY
                ? new JobConfiguration.Sink("main", null, null, new JobConfiguration.Discard())
                : new JobConfiguration.Sink("main", kafka, null, null);
        Format clicks = TestPipeline.json(
                new Field("userId", FieldType.String),
                new Field("page", FieldType.String),
                new Field("timestamp", FieldType.Long),
                new Field("status", FieldType.Long),
                new Field("bytes", FieldType.Long),
                new Field("bot", FieldType.Boolean));
        JobConfiguration configuration = workload == Workload.DEAD_LETTERS
                ? TestPipeline.of(
                        "bench",
                        TestPipeline.kafka("bench", clicks, new OnError(OnError.Action.DeadLetter, "dead")),
                        null,
                        workload.steps(),
                        sink,
                        TestPipeline.side("bench", "dead", new Format(null, null, new Format.Raw())))
                : TestPipeline.of(
                        "bench",
                        TestPipeline.kafka("bench", clicks, TestPipeline.EARLIEST),
                        workload.eventTime(),
                        workload.steps(),
                        sink);
        PipelineTopology.build(environment, configuration, ConnectorLine.onClassPath());
    }
}
