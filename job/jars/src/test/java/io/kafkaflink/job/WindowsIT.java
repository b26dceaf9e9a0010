package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.job.step.LateRecords;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsIT {
    private static final String NAME = "windows";
    private static final long START = 1_700_000_000_000L;
    private static final long DISORDER = 9_000;
    private static final long FAR_FUTURE = 4_000_000_000_000L;

    private record Click(String user, String page, long time, Long bytes) {
        String json() {
            return "{\"page\":" + (page == null ? "null" : "\"" + page + "\"") + ",\"bytes\":" + bytes + ",\"user\":\""
                    + user + "\",\"timestamp\":" + time + "}";
        }
    }

    @TempDir
    Path folder;

    @Test
    @DisplayName("Windows over records out of order are right; what comes too late is dropped, and counted for ever")
    void countsSumsAndVisitors() throws Exception {
        TestKafka kafka = TestKafka.get();
        kafka.createTopic(NAME + "-in", 2);
        kafka.createTopic(NAME + "-out", 2);
        List<Click> clicks = clicks();
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        for (int i = 0; i < clicks.size(); i++) {
            input.add(record(i % 2, clicks.get(i)));
        }
        input.add(record(0, new Click("end", "end", FAR_FUTURE, 0L)));
        input.add(record(1, new Click("end", "end", FAR_FUTURE, 0L)));
        kafka.produce(input);
        Set<String> expected = expected(clicks);

        String savepoint;
        try (RunningJob job = RunningJob.start(pipeline(), 2, folder)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> kafka.readCommitted(NAME + "-out").size() >= expected.size());
            kafka.produce(List.of(
                    record(0, new Click("u1", "/p1", START, 1L)),
                    record(0, new Click("u1", "/p2", START, 1L)),
                    record(1, new Click("u1", "/p3", START + 1, 1L))));
            await().atMost(Duration.ofSeconds(30)).until(() -> job.metric(LateRecords.METRIC) == 3);
            savepoint = job.stopWithSavepoint();
        }
        for (int parallelism : new int[] {1, 3}) {
            try (RunningJob job = RunningJob.start(pipeline(), parallelism, folder, savepoint)) {
                await().atMost(Duration.ofSeconds(30)).until(() -> job.metric(LateRecords.METRIC) == 3);
                savepoint = job.stopWithSavepoint();
            }
        }
        assertThat(kafka.readCommitted(NAME + "-out"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Ten minutes of clicks; each comes up to 9 s after one that is younger. */
    private static List<Click> clicks() {
        Random random = new Random(1);
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long time = START + i * 30L - (long) (random.nextDouble() * DISORDER);
            String page = random.nextInt(50) == 0 ? null : "/p" + random.nextInt(20);
            Long bytes = random.nextInt(10) == 0 ? null : Long.valueOf(random.nextInt(10_000));
            clicks.add(new Click("u" + random.nextInt(300), page, time, bytes));
        }
        return clicks;
    }

    /** By hand, without a class of the job: page and minute to views, visitors and bytes. */
    private static Set<String> expected(List<Click> clicks) {
        Map<String, List<Click>> windows = new TreeMap<>();
        for (Click click : clicks) {
            long start = click.time - Math.floorMod(click.time, 60_000L);
            String key = "{\"page\":" + (click.page == null ? "null" : "\"" + click.page + "\"") + ",\"windowStart\":"
                    + start + ",\"windowEnd\":" + (start + 60_000);
            windows.computeIfAbsent(key, any -> new ArrayList<>()).add(click);
        }
        Set<String> lines = new HashSet<>();
        windows.forEach((key, all) -> {
            long visitors = all.stream().map(Click::user).distinct().count();
            long bytes = all.stream()
                    .filter(click -> click.bytes != null)
                    .mapToLong(Click::bytes)
                    .sum();
            lines.add(key + ",\"views\":" + all.size() + ",\"visitors\":" + visitors + ",\"bytes\":" + bytes + "}");
        });
        return lines;
    }

    private static ProducerRecord<byte[], byte[]> record(int partition, Click click) {
        return new ProducerRecord<>(NAME + "-in", partition, null, click.json().getBytes(UTF_8));
    }

    private static JobConfiguration pipeline() {
        return TestPipeline.of(
                NAME,
                TestPipeline.kafka(
                        NAME,
                        TestPipeline.json(
                                new Field("user", FieldType.String),
                                new Field("page", FieldType.String),
                                new Field("timestamp", FieldType.Long),
                                new Field("bytes", FieldType.Long)),
                        TestPipeline.EARLIEST),
                new EventTime(EventTime.Timestamp.Field, "timestamp", "10s", "30s"),
                List.of(TestPipeline.VIEWS_BY_PAGE),
                TestPipeline.sink(NAME, TestPipeline.JSON, "page", Delivery.Guarantee.ExactlyOnce));
    }
}
