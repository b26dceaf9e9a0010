package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.RecordSchema;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordWriterTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("id", FieldType.String),
            new Field("kind", FieldType.String),
            new Field("at", FieldType.Long),
            new Field("gone", FieldType.Boolean)));
    private static final Row ROW = Row.of("ä", "orders", 5L, true);

    @Test
    @DisplayName("without settings a record has key, value and event time, and neither headers nor partition")
    void plain() throws Exception {
        ProducerRecord<byte[], byte[]> record = write("{keyField: id}", ROW, 7L);

        assertThat(record.topic()).isEqualTo("out");
        assertThat(record.key()).asString(UTF_8).isEqualTo("ä");
        assertThat(record.value())
                .asString(UTF_8)
                .isEqualTo("{\"id\":\"ä\",\"kind\":\"orders\",\"at\":5,\"gone\":true}");
        assertThat(record.timestamp()).isEqualTo(7);
        assertThat(record.partition()).isNull();
        assertThat(record.headers()).isEmpty();
        assertThat(write("{}", ROW, 7L).key()).isNull();
        assertThat(write("{}", ROW, Long.MIN_VALUE).timestamp())
                .as("no event time")
                .isNull();
    }

    @Test
    @DisplayName("headers are fixed or the text of a field, in their order; one of a null field is left out")
    void headers() throws Exception {
        String sink = "{headers: [{name: site, value: „}, {name: at, field: at}, {name: none, value: ''},"
                + " {name: kind, field: kind}, {name: gone, field: gone}]}";

        assertThat(headers(write(sink, ROW, 7L)))
                .containsExactly("site=„", "at=5", "none=", "kind=orders", "gone=true");
        assertThat(headers(write(sink, Row.of("a", null, null, false), 7L)))
                .containsExactly("site=„", "none=", "gone=false");
    }

    @Test
    @DisplayName("what is added to the headers of one record is not in those of the next")
    void headersOfItsOwn() throws Exception {
        RecordWriter writer = writer("{headers: [{name: site, value: www}]}");
        writer.serialize(ROW, null, 7L).headers().add("trace", new byte[] {1});

        assertThat(headers(writer.serialize(ROW, null, 7L))).containsExactly("site=www");
    }

    @Test
    @DisplayName(
            "a field names the topic, among those that are declared; null and any other name go to the one for the rest")
    void namedTopics() throws Exception {
        String sink = "{topicField: kind, topics: [orders, refunds]}";

        assertThat(write(sink, ROW, 7L).topic()).isEqualTo("orders");
        assertThat(write(sink, Row.of("a", "refunds", null, null), 7L).topic()).isEqualTo("refunds");
        assertThat(write(sink, Row.of("a", "payments", null, null), 7L).topic()).isEqualTo("out");
        assertThat(write(sink, Row.of("a", null, null, null), 7L).topic()).isEqualTo("out");
        assertThat(writer(sink).topics()).containsExactly("out", "orders", "refunds");
    }

    @Test
    @DisplayName("without one for the rest a record that names no declared topic fails the job, with what to do")
    void unknownTopic() throws Exception {
        RecordWriter writer = writer("{topicField: kind, topics: [orders, refunds], topic: null}");

        assertThat(writer.serialize(ROW, null, 7L).topic()).isEqualTo("orders");
        assertThatThrownBy(() -> writer.serialize(Row.of("a", "pay\nments", 1L, null), null, 7L))
                .isInstanceOf(UnknownTopic.class)
                .hasMessage("A record cannot be written: found \"pay\\u000aments\" in its field 'kind', which names its"
                        + " topic, expected one of [orders, refunds]. Add the topic to the sink's topics, set topic for"
                        + " all other records, or filter these out; the pipeline waits at this record, and nothing is"
                        + " lost. The record begins with: \"+I[a, pay\\u000aments, 1, null]\"");
        assertThatThrownBy(() -> writer.serialize(Row.of("a", null, 1L, null), null, 7L))
                .hasMessageContaining("found nothing in its field 'kind'");
    }

    @Test
    @DisplayName("the timestamp is event time, a field, or the time of writing, which Kafka sets where there is none")
    void timestamp() throws Exception {
        String field = "{timestamp: Field, timestampField: at}";

        assertThat(write("{timestamp: EventTime}", ROW, 7L).timestamp()).isEqualTo(7);
        assertThat(write(field, ROW, 7L).timestamp()).isEqualTo(5);
        assertThat(write(field, Row.of("a", "b", null, null), 7L).timestamp()).isNull();
        assertThat(write(field, Row.of("a", "b", -1L, null), 7L).timestamp())
                .as("which Kafka refuses")
                .isNull();
        assertThat(write("{timestamp: None}", ROW, 7L).timestamp()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 3", "2, 4", "3, 0", "7, 3"})
    @DisplayName("Fixed: each subtask writes one partition of the record's topic")
    void fixed(int subtask, int partition) throws Exception {
        RecordWriter writer = writer("{partitioner: Fixed, topicField: kind, topics: [orders]}");

        assertThat(writer.serialize(ROW, subtask(subtask), 7L).partition()).isEqualTo(partition);
        assertThat(writer("{partitioner: Default}")
                        .serialize(ROW, subtask(subtask), 7L)
                        .partition())
                .isNull();
    }

    @Test
    @DisplayName("SourcePartition: the partition that the row was read from, which is not among its fields")
    void sourcePartition() throws Exception {
        RecordWriter writer = writer(
                "{partitioner: SourcePartition, topicField: kind, topics: [orders], keyField: id, tombstoneWhen: gone,"
                        + " headers: [{name: kind, field: kind}]}",
                SCHEMA.withSourcePartition());
        ProducerRecord<byte[], byte[]> record = writer.serialize(Row.of(2L, "a", "orders", 5L, false), subtask(0), 7L);

        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.key()).asString(UTF_8).isEqualTo("a");
        assertThat(record.value())
                .asString(UTF_8)
                .isEqualTo("{\"id\":\"a\",\"kind\":\"orders\",\"at\":5,\"gone\":false}");
        assertThat(headers(record)).containsExactly("kind=orders");
        assertThat(writer.serialize(Row.of(2L, "a", "orders", 5L, true), subtask(0), 7L)
                        .value())
                .isNull();
        assertThatThrownBy(() -> writer.serialize(Row.of(3L, "a", "orders", 5L, false), subtask(0), 7L))
                .isInstanceOf(MissingPartition.class)
                .hasMessage("A record of source partition 3 cannot be written: topic orders has 3 partitions, and"
                        + " partitioner SourcePartition needs as many as the source. Grow the topic; the pipeline waits"
                        + " at this record, and nothing is lost");
    }

    @Test
    @DisplayName("tombstones have key and headers and no value; what cannot be evaluated is none")
    void tombstones() throws Exception {
        String sink = "{keyField: id, headers: [{name: kind, field: kind}], tombstoneWhen: gone && at < 10}";
        ProducerRecord<byte[], byte[]> tombstone = write(sink, ROW, 7L);

        assertThat(tombstone.value()).isNull();
        assertThat(tombstone.key()).asString(UTF_8).isEqualTo("ä");
        assertThat(headers(tombstone)).containsExactly("kind=orders");
        assertThat(write(sink, Row.of("a", "orders", 5L, false), 7L).value()).isNotNull();
        assertThat(write(sink, Row.of("a", "orders", null, true), 7L).value())
                .asString(UTF_8)
                .isEqualTo("{\"id\":\"a\",\"kind\":\"orders\",\"at\":null,\"gone\":true}");
    }

    /** Of eight, writing a topic with the partitions 0, 3 and 4. */
    private static KafkaSinkContext subtask(int number) {
        return new KafkaSinkContext() {
            @Override
            public int getParallelInstanceId() {
                return number;
            }

            @Override
            public int getNumberOfParallelInstances() {
                return 8;
            }

            @Override
            public int[] getPartitionsForTopic(String topic) {
                return topic.equals("orders") ? new int[] {0, 3, 4} : new int[0];
            }
        };
    }

    private static List<String> headers(ProducerRecord<byte[], byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> header.key() + "=" + new String(header.value(), UTF_8))
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> write(String sink, Row row, long eventTime) throws Exception {
        return writer(sink).serialize(row, null, eventTime);
    }

    /** @param settings of the sink beside topic and format */
    private static RecordWriter writer(String settings) throws JsonProcessingException {
        return writer(settings, SCHEMA);
    }

    private static RecordWriter writer(String settings, RecordSchema schema) throws JsonProcessingException {
        ObjectNode sink = (ObjectNode) YAML.readTree("{topic: out, format: {json: {}}}");
        sink.setAll((ObjectNode) YAML.readTree(settings));
        return new RecordWriter(YAML.treeToValue(sink, KafkaSink.class), schema);
    }
}
