package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.JobConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Clicks, the pipeline that keeps the views of each page and minute in a table, and the rows that it comes to, which are worked
 * out without a class of the job.
 */
record PageViews(String name) {
    static final int CLICKS = 12_000;

    private static final long START = 1_700_000_000_000L;
    private static final long FAR_FUTURE = 4_000_000_000_000L;

    private record Click(String page, String user, long time, Long bytes) {
        String json() {
            return "{\"page\":\"" + page + "\",\"user\":\"" + user + "\",\"at\":" + time + ",\"bytes\":" + bytes + "}";
        }
    }

    /** What makes the table; the columns have names of their own, and another one is left to itself. */
    String createTable() {
        return "CREATE TABLE \"" + name + "\" (page text, minute bigint, \"windowEnd\" bigint, views bigint,"
                + " visitors numeric, bytes bigint, noted timestamp DEFAULT now(), UNIQUE (minute, page))";
    }

    String query() {
        return "SELECT page, minute, \"windowEnd\", views, visitors, bytes FROM \"" + name + "\"";
    }

    JobConfiguration pipeline(String url, String credentials, int batchSize, String batchInterval, int maxRetries) {
        JdbcSink table = new JdbcSink(
                url,
                name,
                List.of("page", "windowStart"),
                Map.of("windowStart", "minute"),
                credentials,
                batchSize,
                batchInterval,
                maxRetries);
        return TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(
                                new Field("user", FieldType.String),
                                new Field("page", FieldType.String),
                                new Field("at", FieldType.Long),
                                new Field("bytes", FieldType.Long)),
                        TestPipeline.EARLIEST),
                new EventTime(EventTime.Timestamp.Field, "at", "10s", "30s"),
                List.of(TestPipeline.VIEWS_BY_PAGE),
                new JobConfiguration.Sink("main", null, null, null, table));
    }

    /** Some of the clicks; each comes up to 9 s after one that is younger. */
    List<ProducerRecord<byte[], byte[]>> input(int from, int to) {
        List<Click> clicks = clicks();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(record(i % 2, clicks.get(i)));
        }
        return records;
    }

    /** A click in each partition that closes all windows but its own. */
    List<ProducerRecord<byte[], byte[]>> end() {
        Click last = new Click("end", "end", FAR_FUTURE, 0L);
        return List.of(record(0, last), record(1, last));
    }

    private ProducerRecord<byte[], byte[]> record(int partition, Click click) {
        return new ProducerRecord<>(name + "-in", partition, null, click.json().getBytes(UTF_8));
    }

    private static List<Click> clicks() {
        Random random = new Random(3);
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            long time = START + i * 50L - (long) (random.nextDouble() * 9_000);
            clicks.add(new Click(
                    "/ü'" + random.nextInt(20),
                    "u" + random.nextInt(200),
                    time,
                    random.nextInt(10) == 0 ? null : Long.valueOf(random.nextInt(10_000))));
        }
        return clicks;
    }

    /** Rows of {@link #query()}, as texts. */
    Set<String> expected() {
        Map<String, List<Click>> windows = new TreeMap<>();
        for (Click click : clicks()) {
            long start = click.time - Math.floorMod(click.time, 60_000L);
            windows.computeIfAbsent(click.page + " " + start + " " + (start + 60_000), any -> new ArrayList<>())
                    .add(click);
        }
        Set<String> rows = new HashSet<>();
        windows.forEach((window, all) -> {
            long visitors = all.stream().map(Click::user).distinct().count();
            long bytes = all.stream()
                    .filter(click -> click.bytes != null)
                    .mapToLong(Click::bytes)
                    .sum();
            rows.add(window + " " + all.size() + " " + visitors + " " + bytes);
        });
        return rows;
    }
}
