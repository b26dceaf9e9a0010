package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.format.Formats;
import io.kafkaflink.job.format.RowReader;
import io.kafkaflink.job.format.RowWriter;
import io.kafkaflink.job.format.TestObjects;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.TypedFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Good records with damage at random. Play one run again with {@code -Dfuzz.seed}; other seeds find other records. */
class MutatedRecordsTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_201L);
    private static final int RECORDS = 40_000;
    private static final Format TEXT = new Format(Format.Text.UTF_8, null);
    private static final Format RAW = new Format(null, null, new Format.Raw());
    private static final Format JSON = new Format(
            null,
            new Format.Json(List.of(
                    new Field("user", FieldType.String),
                    new Field("time", FieldType.Long),
                    new Field("price", FieldType.Double),
                    new Field("bot", FieldType.Boolean),
                    new Field("picture", FieldType.Bytes),
                    new Field("tags", FieldType.Array, new Field.Items(FieldType.String, null)),
                    new Field(
                            "lines",
                            FieldType.Array,
                            new Field.Items(
                                    null,
                                    List.of(
                                            new Field.Member("sku", FieldType.String),
                                            new Field.Member("n", FieldType.Long)))))));
    private static final Format AVRO =
            new Format(new Format.Avro("{\"type\": \"record\", \"name\": \"R\", \"fields\": ["
                    + "{\"name\": \"bot\", \"type\": \"boolean\"},"
                    + "{\"name\": \"tags\", \"type\": {\"type\": \"array\", \"items\": [\"null\", \"string\"]}},"
                    + "{\"name\": \"price\", \"type\": \"float\"},"
                    + "{\"name\": \"lines\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\","
                    + "\"name\": \"L\", \"fields\": [{\"name\": \"sku\", \"type\": \"bytes\"},"
                    + "{\"name\": \"n\", \"type\": \"int\"}]}}},"
                    + "{\"name\": \"time\", \"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}}]}"));
    private static final List<String> TEXTS = List.of(
            "{\"user\":\"ü\\u00e9😀\",\"time\":1700000000000,\"price\":-1.5e3,\"bot\":false,\"picture\":\"AAEC\","
                    + "\"tags\":[\"a\",null],\"lines\":[{\"sku\":\"x\",\"n\":1},{\"n\":2,\"other\":{\"a\":[1]}}],\"o\":{}}",
            "{\"time\":0,\"undeclared\":[[{\"deep\":[]}]],\"user\":null}",
            "{ \"bot\" : true , \"time\" : -5 }",
            "plain text, Größe 😀");
    /** Records of the Avro schema, whose bytes are all ASCII. */
    private static final List<String> AVRO_TEXTS = List.of(
            "\u0001\u0006\u0002\u0004ab\u0000\u0002\u0000\u0000abcA\u0002\u0004xy\u000e\u0000\u0064",
            "\u0000\u0000abcA\u0004\u0000\u0001\u0002z\u0006\u0000\u007e");
    /** What breaks parsers, put in anywhere. */
    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            "null",
            "1e999",
            "-",
            "\\ud800",
            "9223372036854775808",
            "\u0000",
            "\"time\":1,",
            "true",
            "NaN",
            "\uFEFF",
            "[[[[[[[[[[",
            "{\"a\":");

    @Test
    @DisplayName("Text: every record is a row, a skipped one or a dead letter, and nothing else happens")
    void text() throws Exception {
        play(TEXT, null, true);
    }

    @Test
    @DisplayName("Text in another charset: the same")
    void utf16() throws Exception {
        play(new Format(new Format.Text("UTF-16BE"), null), null, true);
    }

    @Test
    @DisplayName("JSON: the same, also with the event time in a field")
    void json() throws Exception {
        play(JSON, "time", true);
    }

    @Test
    @DisplayName("Raw: every record is a row")
    void raw() throws Exception {
        play(RAW, null, false);
    }

    @Test
    @DisplayName("Objects of a deserializer: the same")
    void objects() throws Exception {
        ObjectFormat.Reader reader = new ObjectFormat.Reader(
                TestObjects.Reads.class.getName(),
                null,
                null,
                List.of(new Field.Member("time", FieldType.Long), new Field.Member("bot", FieldType.Boolean)));
        ObjectFormat.Writer writer = new ObjectFormat.Writer(TestObjects.Writes.class.getName(), null, null);
        play(new Format(reader, null), new Format(null, writer), bytes(TEXTS), null, true);
    }

    @Test
    @DisplayName("Avro: the same, also with the event time in a field")
    void avro() throws Exception {
        play(AVRO, AVRO, bytes(AVRO_TEXTS), "time", true);
    }

    private static void play(Format format, String timeField, boolean someAreBad) throws Exception {
        play(format, format, bytes(TEXTS), timeField, someAreBad);
    }

    private static List<byte[]> bytes(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    @Test
    @DisplayName("Rows as Flink serializes them: the same, and no length makes room for gigabytes")
    void rowsOfFlink() throws Exception {
        Format format = new Format(new TypedFormat(
                null,
                List.of(
                        new Field.Member("user", FieldType.String),
                        new Field.Member("time", FieldType.Long),
                        new Field.Member("price", FieldType.Double),
                        new Field.Member("bot", FieldType.Boolean),
                        new Field.Member("picture", FieldType.Bytes))));
        RowWriter writer = Formats.writer(format, RecordSchema.readBy(format));
        play(
                format,
                format,
                List.of(
                        writer.write(Row.of("ü😀", 1_700_000_000_000L, -1.5e3, false, new byte[] {0, 1, 2})),
                        writer.write(Row.of("x".repeat(300), 0L, null, null, new byte[200])),
                        writer.write(Row.of(null, -5L, Double.NaN, true, new byte[0]))),
                "time",
                true);
    }

    private static void play(Format format, Format written, List<byte[]> good, String timeField, boolean someAreBad)
            throws Exception {
        ReadRecords<Row> failing = ReadRecords.failing(format, timeField);
        ReadRecords<Row> skipping = ReadRecords.skipping(format, timeField);
        ReadRecords<Either<Row, Row>> lettering = ReadRecords.deadLettering(format, timeField);
        RecordSchema schema = RecordSchema.readBy(format);
        RowReader again = Formats.reader(format, schema);
        RowWriter writer = Formats.writer(written, schema);
        Random random = new Random(SEED);
        int poison = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] value = mutated(good, random);
            ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, i, null, value);
            try {
                boolean failed = fails(failing, record);
                poison = poison + (failed ? 1 : 0);
                skipping.read(record);
                lettering.read(record);
                require(skipping.out.equals(failing.out) && failing.out.size() == (failed || value == null ? 0 : 1));
                require(lettering.out.size() == (value == null ? 0 : 1));
                if (failed) {
                    ProducerRecord<byte[], byte[]> letter =
                            DeadLetter.record("dead", lettering.out.get(0).right());
                    require(Arrays.equals(letter.value(), value));
                } else if (value != null) {
                    Row row = lettering.out.get(0).left();
                    require(row.equals(failing.out.get(0)));
                    require(again.read(writer.write(row)).equals(row));
                }
            } catch (Exception | AssertionError e) {
                throw new AssertionError(
                        "record " + i + " of -Dfuzz.seed=" + SEED + ": " + (value == null ? "null" : text(value)), e);
            }
            failing.out.clear();
            skipping.out.clear();
            lettering.out.clear();
        }
        long tombstones = skipping.count(RecordReader.TOMBSTONES);
        assertThat(skipping.count("skipped"))
                .isEqualTo(lettering.count("deadLettered"))
                .isEqualTo(poison);
        assertThat(tombstones)
                .isEqualTo(lettering.count(RecordReader.TOMBSTONES))
                .isPositive();
        // Damage that leaves nothing to read, or nothing bad, would show little.
        assertThat(poison).isBetween(someAreBad ? RECORDS / 20 : 0, someAreBad ? RECORDS * 19 / 20 : 0);
    }

    private static boolean fails(ReadRecords<Row> reader, ConsumerRecord<byte[], byte[]> record) throws Exception {
        try {
            reader.read(record);
            return false;
        } catch (PoisonRecord e) {
            require(e.getMessage().startsWith("Record at topic t, partition 0, offset " + record.offset()));
            return true;
        }
    }

    /** AssertJ would take most of the time. */
    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("not what was expected");
        }
    }

    /** One to three damages; now and then no value at all. */
    private static byte[] mutated(List<byte[]> good, Random random) {
        if (random.nextInt(200) == 0) {
            return null;
        }
        byte[] value = good.get(random.nextInt(good.size()));
        for (int damages = 1 + random.nextInt(3); damages > 0; damages--) {
            value = damaged(value, random);
        }
        return value;
    }

    private static byte[] damaged(byte[] value, Random random) {
        int at = random.nextInt(value.length + 1);
        int length = random.nextInt(value.length - at + 1);
        byte[] slice = Arrays.copyOfRange(value, at, at + length);
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(value, at);
            case 1 -> joined(value, at, new byte[0], Math.min(value.length, at + 1 + random.nextInt(4)));
            case 2 -> joined(value, at, slice, at);
            case 3 ->
                joined(value, at, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8), at);
            case 4 -> joined(value, at, new byte[] {(byte) random.nextInt(256)}, Math.min(value.length, at + 1));
            case 5 -> flipped(value, at, random);
            default -> joined(value, at, slice, value.length);
        };
    }

    private static byte[] flipped(byte[] value, int at, Random random) {
        byte[] changed = value.clone();
        if (at < changed.length) {
            changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    /** What is before {@code at}, what is put in, and what is from {@code rest} on. */
    private static byte[] joined(byte[] value, int at, byte[] in, int rest) {
        byte[] whole = Arrays.copyOf(value, at + in.length + value.length - rest);
        System.arraycopy(in, 0, whole, at, in.length);
        System.arraycopy(value, rest, whole, at + in.length, value.length - rest);
        return whole;
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }
}
