package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.OnError;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbered records through classes of Kafka's clients and of users. */
@Tag("every-pair")
class ObjectFormatIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 300;

    private final TestKafka kafka = TestKafka.get();

    @TempDir
    Path folder;

    @Test
    @DisplayName("single values: each number arrives once, and what is none is skipped and counted")
    void singles() throws Exception {
        JobConfiguration pipeline = pipeline(
                "objects-single",
                new ObjectFormat.Reader(LongDeserializer.class.getName(), null, FieldType.Long, null),
                new ObjectFormat.Writer(LongSerializer.class.getName(), null, "value"));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (long i = 0; i < RECORDS; i++) {
            byte[] value = ByteBuffer.allocate(8).putLong(-i).array();
            records.add(new ProducerRecord<>("objects-single-in", (int) i % 2, null, value));
        }
        records.add(new ProducerRecord<>("objects-single-in", 1, null, new byte[7]));
        run(pipeline, records);

        assertThat(kafka.readCommitted("objects-single-out"))
                .extracting(record -> ByteBuffer.wrap(record.value()).getLong())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS).map(i -> -i).boxed().toList());
    }

    @Test
    @DisplayName("maps: fields by name both ways, with topics, headers and properties for the user's classes")
    void maps() throws Exception {
        JobConfiguration pipeline = pipeline(
                "objects-map",
                new ObjectFormat.Reader(
                        Reads.class.getName(),
                        Map.of("separator", "|"),
                        null,
                        List.of(
                                new Field.Member("topic", FieldType.String),
                                new Field.Member("name", FieldType.String),
                                new Field.Member("n", FieldType.Long))),
                new ObjectFormat.Writer(Writes.class.getName(), Map.of("separator", ";"), null));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = ("user" + i + "|" + i).getBytes(UTF_8);
            records.add(new ProducerRecord<>("objects-map-in", i % 2, null, value));
        }
        records.add(new ProducerRecord<>("objects-map-in", 0, null, "user|none".getBytes(UTF_8)));
        run(pipeline, records);

        List<ConsumerRecord<byte[], byte[]>> written = kafka.readCommitted("objects-map-out");
        assertThat(written)
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, RECORDS)
                        .mapToObj(i -> "objects-map-in;user" + i + ";" + i)
                        .toList());
        assertThat(written).allSatisfy(record -> assertThat(
                        record.headers().lastHeader("by").value())
                .asString(UTF_8)
                .isEqualTo("objects-map-out"));
    }

    @Test
    @DisplayName("a class that cannot be loaded is refused with its name, before anything runs")
    void refused() {
        JobConfiguration pipeline = pipeline(
                "objects-refused",
                new ObjectFormat.Reader("com.example.Missing", null, FieldType.Long, null),
                new ObjectFormat.Writer(LongSerializer.class.getName(), null, "value"));
        assertThatThrownBy(() -> PipelineTopology.build(
                        StreamExecutionEnvironment.createLocalEnvironment(1), pipeline, ConnectorLine.onClassPath()))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith(
                        "format.deserializer.deserializerClass: found com.example.Missing, which cannot be"
                                + " loaded (java.lang.ClassNotFoundException");
    }

    private void run(JobConfiguration pipeline, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        kafka.createTopic(pipeline.name() + "-in", 2);
        kafka.createTopic(pipeline.name() + "-out", 2);
        kafka.produce(records);
        try (RunningJob job = RunningJob.start(pipeline, 2, folder)) {
            await().atMost(PATIENCE)
                    .until(() -> kafka.readCommitted(pipeline.name() + "-out").size() >= RECORDS);
            assertThat(job.metric("skipped")).isEqualTo(1);
            job.stopWithSavepoint();
        }
    }

    private static JobConfiguration pipeline(String name, ObjectFormat.Reader reader, ObjectFormat.Writer writer) {
        return TestPipeline.of(
                name,
                TestPipeline.kafka(name, new Format(reader, null), new OnError(OnError.Action.Skip, null)),
                null,
                List.of(),
                TestPipeline.sink(name, new Format(null, writer), null, Delivery.Guarantee.ExactlyOnce));
    }

    /** Two parts of a text. */
    public static final class Reads implements Deserializer<Map<String, Object>> {
        private String separator;

        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            separator = (String) properties.get("separator");
        }

        @Override
        public Map<String, Object> deserialize(String topic, byte[] value) {
            String text = new String(value, UTF_8);
            int at = text.indexOf(separator);
            Map<String, Object> parts = new HashMap<>();
            parts.put("topic", topic);
            parts.put("name", text.substring(0, at));
            parts.put("n", Integer.valueOf(text.substring(at + 1)));
            return parts;
        }
    }

    /** All fields in their order, with the topic in a header. */
    public static final class Writes implements Serializer<Map<String, Object>> {
        private String separator;

        @Override
        public void configure(Map<String, ?> properties, boolean isKey) {
            separator = (String) properties.get("separator");
        }

        @Override
        public byte[] serialize(String topic, Map<String, Object> fields) {
            return String.join(
                            separator,
                            fields.values().stream().map(String::valueOf).toList())
                    .getBytes(UTF_8);
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Map<String, Object> fields) {
            headers.add("by", topic.getBytes(UTF_8));
            return serialize(topic, fields);
        }
    }
}
