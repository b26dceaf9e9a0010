package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.EventTime.Alignment;
import io.kafkaflink.model.EventTime.FieldFormat;
import io.kafkaflink.model.EventTime.Strategy;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.Metric;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows over times that are text or seconds, with each way for event time to go on. */
@Tag("every-pair")
class EventTimeIT {
    /** A full minute. */
    private static final long START = 1_700_000_040_000L;

    private static final int MINUTES = 5;
    private static final long FAR_FUTURE = 4_000_000_000_000L;

    /** Right behind the newest record, as a class of a user's may have it. */
    public static final class RightBehind implements WatermarkStrategy<Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public WatermarkGenerator<Row> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
            return new WatermarkGenerator<>() {
                @Override
                public void onEvent(Row row, long time, WatermarkOutput output) {
                    output.emitWatermark(new Watermark(time - 1));
                }

                @Override
                public void onPeriodicEmit(WatermarkOutput output) {}
            };
        }
    }

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ISO 8601 with a zone, monotonous and aligned: every window is right, and what is no moment is left out")
    void text() throws Exception {
        DateTimeFormatter format = DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(ZoneOffset.ofHours(2));
        windows(
                "event-time-text",
                new Field("at", FieldType.String),
                at -> "\"" + format.format(Instant.ofEpochMilli(at)) + "\"",
                "\"yesterday\"",
                time(FieldFormat.Iso8601, Strategy.Monotonous, null, new Alignment(null, "2m", "100ms")));
    }

    @Test
    @DisplayName(
            "Epoch seconds, with a strategy of the user's: every window is right, and what is no moment is left out")
    void seconds() throws Exception {
        windows(
                "event-time-seconds",
                new Field("at", FieldType.Long),
                at -> String.valueOf(at / 1000),
                "9000000000000000000",
                time(FieldFormat.EpochSeconds, Strategy.Custom, RightBehind.class.getName(), null));
    }

    private void windows(String name, Field at, LongFunction<String> written, String unreadable, EventTime time)
            throws Exception {
        TestKafka kafka = TestKafka.get();
        kafka.createTopic(name + "-in", 2);
        kafka.createTopic(name + "-out", 2);
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        for (int second = 0; second < MINUTES * 60; second++) {
            for (int partition = 0; partition < 2; partition++) {
                input.add(record(name, partition, written.apply(START + second * 1000L)));
            }
        }
        input.add(record(name, 0, unreadable));
        input.add(record(name, 0, written.apply(FAR_FUTURE)));
        input.add(record(name, 1, written.apply(FAR_FUTURE)));
        kafka.produce(input);
        List<String> expected = new ArrayList<>();
        for (int minute = 0; minute < MINUTES; minute++) {
            long start = START + minute * 60_000L;
            expected.add("{\"page\":\"/p\",\"windowStart\":" + start + ",\"windowEnd\":" + (start + 60_000)
                    + ",\"views\":120}");
        }

        try (RunningJob job = RunningJob.start(pipeline(name, at, time), 2, folder)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> kafka.readCommitted(name + "-out").size() >= expected.size());
            assertThat(job.metric("skipped")).isEqualTo(1);
            job.stopWithSavepoint();
        }
        assertThat(kafka.readCommitted(name + "-out"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static EventTime time(FieldFormat format, Strategy strategy, String own, Alignment alignment) {
        return new EventTime(EventTime.Timestamp.Field, "at", "0s", "30s", format, strategy, own, alignment);
    }

    private static ProducerRecord<byte[], byte[]> record(String name, int partition, String at) {
        String value = "{\"page\":\"/p\",\"at\":" + at + "}";
        return new ProducerRecord<>(name + "-in", partition, null, value.getBytes(UTF_8));
    }

    private static JobConfiguration pipeline(String name, Field at, EventTime time) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(
                        name,
                        TestPipeline.json(new Field("page", FieldType.String), at),
                        new OnError(OnError.Action.Skip, null)),
                time,
                List.of(Transform.of(
                        "views",
                        new Window(
                                "page", new Window.Tumbling("1m"), null, null, null, List.of(Metric.count("views"))))),
                TestPipeline.sink(name, TestPipeline.JSON, "page", Delivery.Guarantee.ExactlyOnce));
    }
}
