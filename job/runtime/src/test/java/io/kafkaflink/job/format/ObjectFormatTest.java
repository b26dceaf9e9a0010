package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.RecordSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.DoubleDeserializer;
import org.apache.kafka.common.serialization.FloatDeserializer;
import org.apache.kafka.common.serialization.FloatSerializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObjectFormatTest {
    private static final RecordSchema CLICK = new RecordSchema(List.of(
            new Field("user", FieldType.String),
            new Field("time", FieldType.Long),
            new Field("price", FieldType.Double),
            new Field("bot", FieldType.Boolean)));

    @Test
    @DisplayName("Single values: whole numbers are Longs, numbers with fraction Doubles, and nothing else is guessed")
    void singles() throws Exception {
        assertThat(single(LongDeserializer.class, FieldType.Long).read(new LongSerializer().serialize("t", -9L)))
                .isEqualTo(Row.of(-9L));
        assertThat(single(IntegerDeserializer.class, FieldType.Long).read(new IntegerSerializer().serialize("t", 7)))
                .isEqualTo(Row.of(7L));
        assertThat(single(FloatDeserializer.class, FieldType.Double).read(new FloatSerializer().serialize("t", 0.5f)))
                .isEqualTo(Row.of(0.5));
        assertThat(single(StringDeserializer.class, FieldType.String).read(new StringSerializer().serialize("t", "ü")))
                .isEqualTo(Row.of("ü"));
        assertUnreadable(
                single(LongDeserializer.class, FieldType.String),
                new byte[8],
                "found an object of java.lang.Long for the field 'value', expected one for type String");
        assertUnreadable(
                single(DoubleDeserializer.class, FieldType.Long), new byte[8], "found an object of java.lang.Double");
        assertUnreadable(
                single(LongDeserializer.class, FieldType.Long),
                new byte[3],
                "found a value that " + LongDeserializer.class.getName() + " refuses: ");
    }

    @Test
    @DisplayName("Maps: declared fields, absent ones as null, by a class that sees topic, headers and its properties")
    void maps() throws Exception {
        assertThat(maps(null).read(utf8("{\"time\":3,\"price\":1.5,\"bot\":true,\"other\":[]}")))
                .isEqualTo(Row.of(null, 3L, 1.5, true));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("clicks", 0, 0, null, utf8("{}"));
        record.headers().add("a", new byte[0]);
        assertThat(maps(Map.of("topicMember", "user")).read(record)).isEqualTo(Row.of("clicks1", null, null, null));
        assertUnreadable(maps(null), utf8("[1]"), "found an object of java.util.ArrayList, expected a java.util.Map");
        assertUnreadable(maps(null), utf8("null"), "makes nothing (null), expected an object");
        assertUnreadable(maps(null), utf8("{\"bot\":1}"), "found an object of java.lang.Integer for the field 'bot'");
        assertUnreadable(maps(null), utf8("{"), "SerializationException: no JSON");
    }

    @Test
    @DisplayName("What Kafka calls retriable fails the job: the record is as good as any other")
    void retriable() {
        assertThatThrownBy(() -> maps(null).read(new byte[] {0x7f, 0x7f})).isInstanceOf(TimeoutException.class);
    }

    @Test
    @DisplayName("A serializer gets one field, where null makes no value, or a map of all with arrays as lists")
    void writers() throws Exception {
        RecordSchema schema = new RecordSchema(List.of(
                new Field("n", FieldType.Long),
                new Field("tags", FieldType.Array, new Field.Items(FieldType.String, null)),
                new Field(
                        "lines",
                        FieldType.Array,
                        new Field.Items(null, List.of(new Field.Member("sku", FieldType.String))))));
        Row row = Row.of(5L, new Row[] {Row.of("x"), Row.of((Object) null)}, new Row[] {Row.of("y")});
        Headers headers = new RecordHeaders();

        RowWriter all = writer(TestObjects.Writes.class, null, schema);
        assertThat(all.write(row, "out", headers))
                .asString(UTF_8)
                .isEqualTo("{\"n\":5,\"tags\":[\"x\",null],\"lines\":[{\"sku\":\"y\"}]}");
        assertThat(headers.lastHeader("written-to").value()).asString(UTF_8).isEqualTo("out");
        RowWriter one = writer(LongSerializer.class, "n", schema);
        assertThat(one.write(row)).isEqualTo(new LongSerializer().serialize("t", 5L));
        assertThat(one.write(Row.of(null, null, null))).isNull();
    }

    @Test
    @DisplayName("A class that cannot be used is refused where the job is built, with the class and what to do")
    void refused() {
        assertRefused(() -> reader("com.example.Missing", null), "com.example.Missing, which cannot be loaded");
        assertRefused(() -> reader(LongSerializer.class.getName(), null), "which does not implement org.apache.kafka");
        assertRefused(
                () -> reader(TestObjects.Reads.class.getName(), Map.of("fails", "")), "which refuses its properties");
        assertRefused(() -> writer(TestObjects.Hidden.class, null, CLICK), "which cannot be made");
    }

    private static void assertRefused(ThrowingCallable made, String reason) {
        assertThatThrownBy(made)
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("erializerClass: found ")
                .hasMessageContaining(reason);
    }

    private static void assertUnreadable(RowReader reader, byte[] value, String reason) {
        assertThatThrownBy(() -> reader.read(value))
                .isInstanceOf(UnreadableValue.class)
                .hasMessageContaining(reason);
    }

    private static RowReader single(Class<?> type, FieldType field) throws Exception {
        ObjectFormat.Reader format = new ObjectFormat.Reader(type.getName(), null, field, null);
        return sent(new ObjectReader(format, new RecordSchema(List.of(new Field("value", field)))));
    }

    private static RowReader maps(Map<String, String> properties) throws Exception {
        return sent(reader(TestObjects.Reads.class.getName(), properties));
    }

    private static RowReader reader(String name, Map<String, String> properties) {
        List<Field.Member> members = CLICK.fields().stream()
                .map(field -> new Field.Member(field.name(), field.type()))
                .toList();
        return new ObjectReader(new ObjectFormat.Reader(name, properties, null, members), CLICK);
    }

    private static RowWriter writer(Class<?> type, String field, RecordSchema schema) throws Exception {
        return sent(new ObjectWriter(new ObjectFormat.Writer(type.getName(), null, field), schema));
    }

    /** As it arrives at a task. */
    private static <T extends Serializable> T sent(T made) throws Exception {
        return InstantiationUtil.clone(made);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
