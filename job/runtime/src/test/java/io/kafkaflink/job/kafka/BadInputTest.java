package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.TestObjects;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.KeyValueFormat;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.TypedFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad records of every format: what Fail, Skip and DeadLetter make of each. */
class BadInputTest {
    private static final Format TEXT = new Format(Format.Text.UTF_8, null);
    private static final Format RAW = new Format(null, null, new Format.Raw());
    private static final Format JSON = new Format(
            null,
            new Format.Json(List.of(
                    new Field("s", FieldType.String),
                    new Field("l", FieldType.Long),
                    new Field("d", FieldType.Double),
                    new Field("x", FieldType.Bytes),
                    new Field("a", FieldType.Array, new Field.Items(FieldType.Long, null)))));
    private static final Format LONG = objects(LongDeserializer.class, FieldType.Long, null);
    private static final Format MAP =
            objects(TestObjects.Reads.class, null, List.of(new Field.Member("l", FieldType.Long)));
    private static final Format BOTH =
            new Format(new KeyValueFormat(null, List.of(new Field.Member("l", FieldType.Long)), null, null));
    private static final Format KEYED =
            new Format(new KeyValueFormat(List.of(new Field.Member("l", FieldType.Long)), null, null, null));
    private static final Format AVRO =
            new Format(new Format.Avro("{\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                    + "{\"name\": \"s\", \"type\": \"string\"}, {\"name\": \"l\", \"type\": [\"null\", \"long\"]}]}"));
    private static final Format TYPED = new Format(new TypedFormat(
            null, List.of(new Field.Member("s", FieldType.String), new Field.Member("x", FieldType.Bytes))));
    private static final int TEN_MEGABYTES = 10_000_000;

    /** @param reason what is wrong with it; null where it can be read */
    private record Case(String name, Format format, byte[] value, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        byte[] large = new byte[TEN_MEGABYTES];
        Arrays.fill(large, (byte) 'x');
        byte[] brokenUtf8 = {'{', '"', 's', '"', ':', '"', (byte) 0xc3, '(', '"', '}'};
        return Stream.of(
                new Case("json cut off", JSON, utf8("{\"s\":\"a\",\"l\":1"), "found no valid JSON"),
                new Case("json of nothing", JSON, new byte[0], "found nothing, expected a JSON object"),
                new Case("json of another schema", JSON, utf8("{\"l\":\"one\"}"), "found a text in field 'l'"),
                new Case("json in an array", JSON, utf8("[{\"l\":1}]"), "found an array, expected a JSON object"),
                new Case("json of 10 MB", JSON, utf8("{\"s\":\"" + "x".repeat(TEN_MEGABYTES) + "\"}"), null),
                new Case("no json, 10 MB", JSON, large, "found no valid JSON"),
                new Case("json that is not UTF-8", JSON, brokenUtf8, "Invalid UTF-8"),
                new Case("json, half a character", JSON, utf8("{\"s\":\"\\ud800\"}"), "half a surrogate pair"),
                new Case("json, 100,000 deep", JSON, utf8("{\"o\":" + "[".repeat(100_000)), "nesting depth"),
                new Case(
                        "json, 100,000 deep in a field", JSON, utf8("{\"a\":" + "[".repeat(100_000)), "found an array"),
                new Case("json, a field twice", JSON, utf8("{\"l\":1,\"l\":2}"), "found field 'l' twice"),
                new Case("json, an undeclared field twice", JSON, utf8("{\"o\":1,\"o\":2}"), null),
                new Case("json, 2^63", JSON, utf8("{\"l\":9223372036854775808}"), "found a number beyond 64 bits"),
                new Case("json, 1e999", JSON, utf8("{\"d\":1e999}"), "beyond the range of a Double"),
                new Case(
                        "json, 100,000 digits",
                        JSON,
                        utf8("{\"l\":" + "9".repeat(100_000) + "}"),
                        "found no valid JSON"),
                new Case("json, no base64", JSON, utf8("{\"x\":\"a\"}"), "found no base64 in field 'x'"),
                new Case("json, bytes as a number", JSON, utf8("{\"x\":1}"), "expected a text in base64 (Bytes)"),
                new Case("json, null in an array", JSON, utf8("{\"a\":[null]}"), null),
                new Case("avro", AVRO, new byte[] {2, 'a', 2, 14}, null),
                new Case("avro of nothing", AVRO, new byte[0], "the end of the value in field 's'"),
                new Case("avro cut off", AVRO, new byte[] {2, 'a', 2}, "the end of the value in field 'l'"),
                new Case("avro of another schema", AVRO, new byte[] {2, 'a', 6}, "type 3 of a union in field 'l'"),
                new Case("avro with more behind", AVRO, new byte[] {2, 'a', 0, 0}, "1 bytes behind the record"),
                new Case(
                        "avro, a text that is not UTF-8",
                        AVRO,
                        new byte[] {2, (byte) 0xff, 0},
                        "bytes that are not UTF-8"),
                new Case("no avro, 10 MB", AVRO, large, "found type 60 of a union in field 'l'"),
                new Case("avro of 10 MB", AVRO, avro(large), null),
                new Case("text that is not UTF-8", TEXT, new byte[] {'a', (byte) 0xc3}, "bytes that are not UTF-8"),
                new Case("text of surrogates", TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, "not UTF-8"),
                new Case("text of nothing", TEXT, new byte[0], null),
                new Case("text of 10 MB", TEXT, large, null),
                new Case("raw of nothing", RAW, new byte[0], null),
                new Case("raw of 10 MB", RAW, large, null),
                new Case("raw of any bytes", RAW, brokenUtf8, null),
                new Case("a long of a class", LONG, new byte[8], null),
                new Case("a long of nothing", LONG, new byte[0], "LongDeserializer refuses: "),
                new Case("a long of 10 MB", LONG, large, "LongDeserializer refuses: "),
                new Case("a map of a class", MAP, utf8("{\"l\":1,\"o\":[]}"), null),
                new Case("no map", MAP, utf8("[1, 2]"), "found an object of java.util.ArrayList"),
                new Case("a map of other types", MAP, utf8("{\"l\":\"one\"}"), "java.lang.String for the field 'l'"),
                new Case("a class that makes null", MAP, utf8("null"), "makes nothing (null)"),
                new Case("no map, 10 MB", MAP, large, "Reads refuses: "),
                new Case("a row of Flink", TYPED, new byte[] {0, 2, 'a', 0, 0, 0, 1, 9}, null),
                new Case("a row of Flink, cut off", TYPED, new byte[] {0, 2, 'a', 0, 0, 0, 2, 9}, "end of 8 bytes"),
                new Case("a row of Flink and more", TYPED, new byte[] {0, 1, 0, 0, 0, 0, 9}, "found 1 bytes more"),
                new Case("a row of Flink, nothing", TYPED, new byte[0], "within the mask of a row"),
                new Case("a row of Flink, deleted", TYPED, new byte[] {(byte) 0xf0}, "a row of another kind"),
                new Case("a text of 2 GB", TYPED, new byte[] {0, -1, -1, -1, -1, 7, 0, 0}, "within field 1"),
                new Case("bytes of 2 GB", TYPED, new byte[] {0, 1, 0x7f, -1, -1, -1, 0}, "within field 2"),
                new Case("bytes of less than none", TYPED, new byte[] {0, 1, -1, -1, -1, -1, 0}, "within field 2"),
                new Case("a text of endless numbers", TYPED, new byte[] {0, -1, -1, -1, -1, -1}, "does not end"),
                new Case("no row of Flink, 10 MB", TYPED, large, "found "),
                new Case("a value of a pair", BOTH, utf8("{\"l\":1}"), null),
                new Case("no value of a pair", BOTH, utf8("{"), "found no valid JSON"),
                new Case(
                        "no key of a pair", KEYED, brokenUtf8, "found a key that cannot be read: found no valid JSON"));
    }

    private static Format objects(Class<?> type, FieldType field, List<Field.Member> fields) {
        return new Format(new ObjectFormat.Reader(type.getName(), null, field, fields), null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("Fail says what is wrong and where; Skip counts it; DeadLetter hands it on as it was")
    void everyAction(Case given) throws Exception {
        ReadRecords<Row> failing = ReadRecords.failing(given.format, null);
        ReadRecords<Row> skipping = ReadRecords.skipping(given.format, null);
        ReadRecords<Either<Row, Row>> lettering = ReadRecords.deadLettering(given.format, null);
        ConsumerRecord<byte[], byte[]> record = record(utf8("key"), given.value);
        skipping.read(record);
        lettering.read(record);
        if (given.reason == null) {
            failing.read(record);
            assertThat(failing.out).hasSize(1).isEqualTo(skipping.out);
            assertThat(lettering.out).containsExactly(Either.Left(failing.out.get(0)));
            return;
        }
        assertThatThrownBy(() -> failing.read(record))
                .isInstanceOf(PoisonRecord.class)
                .hasMessageStartingWith("Record at topic clicks, partition 3, offset 42 cannot be read: found ")
                .hasMessageContaining(given.reason)
                .message()
                .hasSizeLessThan(2_000);
        assertThat(skipping.out).isEmpty();
        assertThat(skipping.count("skipped")).isEqualTo(1);
        assertThat(lettering.count("deadLettered")).isEqualTo(1);
        ProducerRecord<byte[], byte[]> letter =
                DeadLetter.record("dead", lettering.out.get(0).right());
        assertThat(letter.value()).isEqualTo(given.value);
        assertThat(header(letter, DeadLetter.ERROR)).contains(given.reason).hasSizeLessThan(502);
    }

    @ParameterizedTest
    @MethodSource("formats")
    @DisplayName("A record without value is skipped and counted by itself, whatever happens to bad ones")
    void tombstones(Format format) throws Exception {
        ReadRecords<Row> skipping = ReadRecords.skipping(format, null);
        ReadRecords<Either<Row, Row>> lettering = ReadRecords.deadLettering(format, null);
        skipping.read(record(utf8("key"), null));
        lettering.read(record(null, null));
        assertThat(skipping.out).isEmpty();
        assertThat(lettering.out).isEmpty();
        assertThat(skipping.count(RecordReader.TOMBSTONES)).isEqualTo(1);
        assertThat(skipping.count("skipped")).isZero();
        assertThat(lettering.count(RecordReader.TOMBSTONES)).isEqualTo(1);
        assertThat(lettering.count("deadLettered")).isZero();
    }

    @Test
    @DisplayName("Where key and value are both read, a record without value is a row, and its key may be bad")
    void tombstonesOfPairs() throws Exception {
        ReadRecords<Row> skipping = ReadRecords.skipping(KEYED, null);
        skipping.read(record(utf8("{\"l\":7}"), null));
        skipping.read(record(null, null));
        skipping.read(record(utf8("key"), null));
        assertThat(skipping.out).containsExactly(Row.of(7L), Row.of((Object) null));
        assertThat(skipping.count(RecordReader.TOMBSTONES)).isZero();
        assertThat(skipping.count("skipped")).isEqualTo(1);
        assertThatThrownBy(() -> ReadRecords.failing(KEYED, null).read(record(utf8("key"), null)))
                .hasMessageContaining("found a key that cannot be read")
                .hasMessageContaining("It has no value");
    }

    static Stream<Format> formats() {
        return Stream.of(TEXT, JSON, RAW, LONG, MAP, AVRO, TYPED);
    }

    @Test
    @DisplayName("A dead letter has the key, value and headers of its record, and says where it was and why")
    void letter() throws Exception {
        ReadRecords<Either<Row, Row>> reader = ReadRecords.deadLettering(JSON, "l");
        ConsumerRecord<byte[], byte[]> record = record(null, utf8("{\"l\":null}"));
        record.headers().add("trace", new byte[] {1, 2}).add("empty", null).add(DeadLetter.ERROR, utf8("an older one"));
        reader.read(record);

        ProducerRecord<byte[], byte[]> letter =
                DeadLetter.record("dead", overTheNetwork(reader.out.get(0)).right());

        assertThat(letter.topic()).isEqualTo("dead");
        assertThat(letter.partition()).isNull();
        assertThat(letter.timestamp()).isNull();
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(1, 2);
        assertThat(letter.headers().lastHeader("empty").value()).isNull();
        assertThat(header(letter, DeadLetter.ERROR))
                .isEqualTo("found nothing in the event-time field 'l', expected epoch milliseconds");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("clicks");
        assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("3");
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("42");
        assertThat(header(letter, DeadLetter.TIMESTAMP)).isEqualTo("1234");
        assertThat(letter.headers()).extracting(Header::key).hasSize(8);
    }

    @Test
    @DisplayName("Rows that carry the partition they were read from do so beside dead letters too")
    void besidePartitions() throws Exception {
        RecordSchema schema = RecordSchema.readBy(TEXT);
        DeadLetterReader reader = new DeadLetterReader(
                new PartitionReader(RecordReader.of(Formats.reader(TEXT, schema), RowTypes.of(schema)), schema));
        ReadRecords<Either<Row, Row>> read = ReadRecords.opened(reader);

        read.read(record(null, utf8("a")));
        read.read(record(null, new byte[] {(byte) 0xff}));

        assertThat(read.out.get(0)).isEqualTo(Either.Left(Row.of(3L, "a")));
        assertThat(DeadLetter.record("dead", overTheNetwork(read.out.get(1)).right())
                        .value())
                .containsExactly(0xff);
    }

    /** As between two operators that are not chained. */
    private static Either<Row, Row> overTheNetwork(Either<Row, Row> read) throws IOException {
        TypeSerializer<Either<Row, Row>> serializer = DeadLetterSplit.typeBeside(RowTypes.of(RecordSchema.readBy(JSON)))
                .createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(serializer.copy(read), out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    @Test
    @DisplayName("What fails behind the reader is no matter of the record: it is neither skipped nor a dead letter")
    void failuresBehind() throws Exception {
        SkippingReader skipping = new SkippingReader(RecordReader.of(value -> Row.of("a"), null));
        ConsumerRecord<byte[], byte[]> record = record(null, utf8("a"));
        assertThatThrownBy(() -> skipping.deserialize(record, new FailingCollector()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a step failed");
    }

    private static final class FailingCollector implements Collector<Row> {
        @Override
        public void collect(Row row) {
            throw new IllegalStateException("a step failed");
        }

        @Override
        public void close() {}
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] key, byte[] value) {
        return new ConsumerRecord<>(
                "clicks",
                3,
                42L,
                1_234L,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    /** The length in zigzag, seven bits to a byte: 20,000,000 is 1001 1000100 1011010 0000000. */
    private static byte[] avro(byte[] text) {
        byte[] record = new byte[text.length + 5];
        record[0] = (byte) 0x80;
        record[1] = (byte) 0xda;
        record[2] = (byte) 0xc4;
        record[3] = 0x09;
        System.arraycopy(text, 0, record, 4, text.length);
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
