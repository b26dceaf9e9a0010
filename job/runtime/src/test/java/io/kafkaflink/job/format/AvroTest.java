package io.kafkaflink.job.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.AvroSchema;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Avro against Avro's own library, which is in tests only. */
class AvroTest {
    private static final String EVERYTHING = """
            {"type": "record", "name": "All", "namespace": "shop", "fields": [
              {"name": "b", "type": "boolean"},
              {"name": "i", "type": "int"},
              {"name": "l", "type": "long"},
              {"name": "f", "type": "float"},
              {"name": "d", "type": ["double", "null"]},
              {"name": "s", "type": ["null", "string"], "default": null},
              {"name": "x", "type": "bytes"},
              {"name": "e", "type": {"type": "enum", "name": "Kind", "symbols": ["VIEW", "BUY"]}},
              {"name": "again", "type": ["null", "Kind"]},
              {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "tags", "type": ["null", {"type": "array", "items": ["null", "string"]}]},
              {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
                {"name": "sku", "type": "string"}, {"name": "n", "type": ["null", "int"]}]}}}]}
            """;
    private static final Schema LIBRARY = new Schema.Parser().parse(EVERYTHING);
    private static final Format FORMAT = new Format(new Format.Avro(EVERYTHING));
    private static final RecordSchema SCHEMA = RecordSchema.readBy(FORMAT);
    private static final int RECORDS = 2_000;
    private static final long MILLION = 1_000_000L;

    /** A record and the row it must become. */
    private record Pair(GenericRecord record, Row row) {}

    @Test
    @DisplayName("What Avro's library writes becomes the row, also in blocks with sizes, and back to what it reads")
    void everyType() throws Exception {
        RowReader reader = Formats.reader(FORMAT, SCHEMA);
        RowWriter writer = Formats.writer(FORMAT, SCHEMA);
        Random random = new Random(1);
        for (int i = 0; i < RECORDS; i++) {
            Pair pair = pair(random);
            assertThat(reader.read(written(pair.record, false))).isEqualTo(pair.row);
            assertThat(reader.read(written(pair.record, true))).isEqualTo(pair.row);
            assertThat(library(LIBRARY, writer.write(pair.row))).hasToString(pair.record.toString());
        }
    }

    @Test
    @DisplayName("A sink without a schema writes each field as a union with null, in order")
    void derived() throws Exception {
        RecordSchema schema = new RecordSchema(List.of(
                new Field("s", FieldType.String),
                new Field("l", FieldType.Long),
                new Field("d", FieldType.Double),
                new Field("b", FieldType.Boolean),
                new Field("x", FieldType.Bytes),
                new Field("tags", FieldType.Array, new Field.Items(FieldType.Long, null)),
                new Field(
                        "lines",
                        FieldType.Array,
                        new Field.Items(null, List.of(new Field.Member("sku", FieldType.String))))));
        Schema library = new Schema.Parser().parse("""
                {"type": "record", "name": "out", "fields": [
                  {"name": "s", "type": ["null", "string"]},
                  {"name": "l", "type": ["null", "long"]},
                  {"name": "d", "type": ["null", "double"]},
                  {"name": "b", "type": ["null", "boolean"]},
                  {"name": "x", "type": ["null", "bytes"]},
                  {"name": "tags", "type": ["null", {"type": "array", "items": ["null", "long"]}]},
                  {"name": "lines", "type": ["null", {"type": "array", "items":
                    {"type": "record", "name": "line", "fields": [{"name": "sku", "type": ["null", "string"]}]}}]}]}
                """);
        RowWriter writer = Formats.writer(new Format(new Format.Avro(null)), schema);

        Row full =
                Row.of("ü", 7L, 1.5, true, new byte[] {1}, rows(Row.of(1L), Row.of((Object) null)), rows(Row.of("a")));
        assertThat(library(library, writer.write(full)))
                .hasToString("{\"s\": \"ü\", \"l\": 7, \"d\": 1.5, \"b\": true, \"x\": \"\\u0001\","
                        + " \"tags\": [1, null], \"lines\": [{\"sku\": \"a\"}]}");
        assertThat(library(
                        library, writer.write(Row.withPositions(schema.fields().size()))))
                .hasToString("{\"s\": null, \"l\": null, \"d\": null, \"b\": null, \"x\": null, \"tags\": null,"
                        + " \"lines\": null}");
    }

    @Test
    @DisplayName("A record cut off anywhere, or with more behind it, is unreadable")
    void cutOff() throws Exception {
        RowReader reader = Formats.reader(FORMAT, SCHEMA);
        byte[] whole = written(pair(new Random(2)).record, false);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(UnreadableValue.class);
        }
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(whole, whole.length + 1)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessage("found 1 bytes behind the record, expected one Avro record of the schema");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean | 02 | found byte 2 in field 'a', expected 0 or 1 for a boolean",
                "int | ffffffff1f | found a number beyond 32 bits in field 'a', expected an int",
                "long | ffffffffffffffffff02 | found a number beyond 64 bits in field 'a', expected an Avro record of the schema",
                "double | 000000000000f87f | found NaN in field 'a', expected a finite number (Double)",
                "float | 0000807f | found Infinity in field 'a', expected a finite number (Double)",
                "string | 02ff | found bytes that are not UTF-8 in field 'a', expected text in UTF-8",
                "string | 01 | found length -1 in field 'a' before the last 0 bytes, expected an Avro record of the schema",
                "bytes | feffffff0f | found length 2147483647 in field 'a' before the last 0 bytes, expected an Avro record of the schema",
            })
    @DisplayName("Bytes that are no value of a type are named with the field; lengths allocate nothing")
    void broken(String type, String hex, String message) {
        refused("\"" + type + "\"", hex, message);
    }

    @Test
    @DisplayName("So are types that a union and symbols that an enum do not have, and arrays that are too long")
    void brokenParts() {
        refused("[\"null\", \"int\"]", "04", "found type 2 of a union in field 'a', expected 0 or 1");
        refused(
                "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}",
                "02",
                "found symbol 1 of an enum in field 'a', expected one of [A]");
        for (String count : List.of("feffffff0f", "ffffffffffffffffff0102")) {
            assertThatThrownBy(() ->
                            reader("{\"type\": \"array\", \"items\": \"int\"}").read(bytes(count)))
                    .isInstanceOf(UnreadableValue.class)
                    .hasMessageContaining("in field 'a' before the last");
        }
    }

    @Test
    @DisplayName("What a schema cannot hold stops the job, and never leaves as something else")
    void unwritable() {
        unwritable(
                "\"int\"", FieldType.Long, 2_147_483_648L, "found 2147483648 in field 'a', expected an int of 32 bits");
        unwritable("\"string\"", FieldType.String, null, "found null in field 'a', expected a value");
        unwritable("\"float\"", FieldType.Double, 1e300, "found 1.0E300 in field 'a', expected a float");
        unwritable(
                "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}",
                FieldType.String,
                "B",
                "found a text that is no symbol in field 'a', expected one of [A]");
        unwritable(
                "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
                FieldType.Long,
                Long.MAX_VALUE,
                "found 9223372036854775807 ms in field 'a', expected a time that fits");
    }

    @Test
    @DisplayName("Fields of a sink's schema are found by name")
    void byName() throws Exception {
        String schema = "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"n\", \"type\": \"int\"},"
                + " {\"name\": \"s\", \"type\": \"string\"}]}";
        RowWriter writer = Formats.writer(
                new Format(new Format.Avro(schema)),
                new RecordSchema(List.of(new Field("s", FieldType.String), new Field("n", FieldType.Long))));

        assertThat(library(new Schema.Parser().parse(schema), writer.write(Row.of("a", -65L))))
                .hasToString("{\"n\": -65, \"s\": \"a\"}");
    }

    private static void refused(String type, String hex, String message) {
        assertThatThrownBy(() -> reader(type).read(bytes(hex)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessage(message);
    }

    private static void unwritable(String type, FieldType fieldType, Object value, String message) {
        RowWriter writer =
                new AvroWriter(AvroSchema.parse(ofOne(type)), new RecordSchema(List.of(new Field("a", fieldType))));
        assertThatThrownBy(() -> writer.write(Row.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A record cannot be written as Avro: " + message);
    }

    private static RowReader reader(String type) {
        return new AvroReader(AvroSchema.parse(ofOne(type)));
    }

    private static String ofOne(String type) {
        return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": " + type + "}]}";
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Pair pair(Random random) {
        boolean some = random.nextBoolean();
        GenericRecord record = new GenericData.Record(LIBRARY);
        Row row = Row.withPositions(LIBRARY.getFields().size());
        String text = some ? "Größe 😀" + random.nextInt() : null;
        String symbol = some ? "BUY" : "VIEW";
        long time = random.nextLong() / MILLION;
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        GenericData.EnumSymbol kind =
                new GenericData.EnumSymbol(LIBRARY.getField("e").schema(), symbol);
        put(record, row, "b", some, some);
        int number = random.nextInt() >> random.nextInt(Integer.SIZE);
        put(record, row, "i", number, (long) number);
        long large = random.nextLong() >> random.nextInt(Long.SIZE);
        put(record, row, "l", large, large);
        float fraction = random.nextFloat();
        put(record, row, "f", fraction, (double) fraction);
        Double decimal = some ? random.nextGaussian() : null;
        put(record, row, "d", decimal, decimal);
        put(record, row, "s", text, text);
        put(record, row, "x", ByteBuffer.wrap(bytes), bytes);
        put(record, row, "e", kind, symbol);
        put(record, row, "again", some ? kind : null, some ? symbol : null);
        put(record, row, "millis", time, time);
        put(record, row, "micros", time * 1_000, time);
        put(
                record,
                row,
                "tags",
                some ? Arrays.asList("a", null) : null,
                some ? rows(Row.of("a"), Row.of((Object) null)) : null);
        List<GenericRecord> lines = new ArrayList<>();
        Row[] members = new Row[random.nextInt(20)];
        for (int i = 0; i < members.length; i++) {
            GenericRecord line =
                    new GenericData.Record(LIBRARY.getField("lines").schema().getElementType());
            line.put("sku", "s" + i);
            line.put("n", i % 2 == 0 ? i : null);
            lines.add(line);
            members[i] = Row.of("s" + i, i % 2 == 0 ? (long) i : null);
        }
        put(record, row, "lines", lines, members);
        return new Pair(record, row);
    }

    private static void put(GenericRecord record, Row row, String field, Object inAvro, Object inRow) {
        record.put(field, inAvro);
        row.setField(SCHEMA.indexOf(field), inRow);
    }

    private static Row[] rows(Row... rows) {
        return rows;
    }

    private static byte[] written(GenericRecord record, boolean blocks) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = blocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null)
                : EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord library(Schema schema, byte[] value) throws IOException {
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, null));
    }
}
