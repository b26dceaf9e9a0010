package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class WritersTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("page", FieldType.String),
            new Field("value", FieldType.Long),
            new Field("price", FieldType.Double)));

    @Test
    void jsonHasAllFieldsInOrderAndReadableText() {
        assertThat(new JsonWriter(SCHEMA).write(Row.of("é😀\"\n", 7L, null)))
                .asString(UTF_8)
                .isEqualTo("{\"page\":\"é😀\\\"\\n\",\"value\":7,\"price\":null}");
    }

    @Test
    void jsonHasArraysAsTheyWereRead() throws UnreadableValue {
        RecordSchema schema = new RecordSchema(List.of(
                new Field("tags", FieldType.Array, new Field.Items(FieldType.Double, null)),
                new Field(
                        "lines",
                        FieldType.Array,
                        new Field.Items(null, List.of(new Field.Member("sku", FieldType.String)))),
                new Field("bytes", FieldType.Bytes)));
        for (String json : List.of(
                "{\"tags\":[1.5,null],\"lines\":[{\"sku\":\"a\"},{\"sku\":null}],\"bytes\":\"AP/D\"}",
                "{\"tags\":[],\"lines\":null,\"bytes\":null}")) {
            assertThat(new JsonWriter(schema).write(new JsonReader(schema).read(json.getBytes(UTF_8))))
                    .asString(UTF_8)
                    .isEqualTo(json);
        }
    }

    @Test
    void textIsTheFieldNamedValue() {
        TextWriter writer = new TextWriter(SCHEMA);
        assertThat(writer.write(Row.of("a", 7L, 1.5))).asString(UTF_8).isEqualTo("7");
        assertThat(writer.write(Row.of("a", null, 1.5))).isNull();
    }

    @Test
    void keysAreTheTextOfAnyField() {
        assertThat(new TextWriter(SCHEMA, "price").write(Row.of("a", 7L, 1.5)))
                .asString(UTF_8)
                .isEqualTo("1.5");
    }

    @Test
    void textMayBeInOtherCharsets() throws UnreadableValue {
        RecordSchema schema = new RecordSchema(List.of(new Field("value", FieldType.String)));
        for (String charset : List.of("ISO-8859-1", "US-ASCII", "UTF-16", "UTF-8")) {
            Format format = new Format(new Format.Text(charset), null);
            String text = charset.startsWith("UTF") ? "Größe 😀" : charset.equals("US-ASCII") ? "size" : "Größe";
            byte[] bytes = Formats.writer(format, schema).write(Row.of(text));
            assertThat(new String(bytes, Charset.forName(charset))).isEqualTo(text);
            assertThat(Formats.reader(format, schema).read(bytes)).isEqualTo(Row.of(text));
        }
        Format ascii = new Format(new Format.Text("US-ASCII"), null);
        assertThat(Formats.writer(ascii, schema).write(Row.of((Object) null))).isNull();
        assertThatThrownBy(() -> Formats.writer(ascii, schema).write(Row.of("ö")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("A record cannot be written: found a character that US-ASCII does not have");
        assertThatThrownBy(() -> Formats.reader(ascii, schema).read("ö".getBytes(UTF_8)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessage("found bytes that are not US-ASCII, expected text in US-ASCII");
    }

    @Test
    void rawIsTheFieldOfBytes() {
        RecordSchema schema = new RecordSchema(List.of(SCHEMA.get("page"), new Field("value", FieldType.Bytes)));
        byte[] bytes = {0, (byte) 0xff};
        assertThat(new RawWriter(schema).write(Row.of("a", bytes))).isSameAs(bytes);
        assertThat(new RawWriter(schema).write(Row.of("a", null))).isNull();
        assertThatThrownBy(() -> new RawWriter(SCHEMA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no single field of bytes among [page, value, price]");
    }

    @Test
    void textOfManyFieldsIsRefused() {
        RecordSchema two = new RecordSchema(List.of(SCHEMA.get("page"), SCHEMA.get("price")));
        assertThatThrownBy(() -> new TextWriter(two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no single text field among [page, price]");
    }

    @Test
    void textThatIsNotUtf8IsRefusedButTheReplacementCharacterIsNot() throws UnreadableValue {
        TextReader reader = new TextReader();
        assertThat(reader.read("\uFFFD".getBytes(UTF_8))).isEqualTo(Row.of("\uFFFD"));
        assertThatThrownBy(() -> reader.read(new byte[] {'a', (byte) 0xc3}))
                .isInstanceOf(UnreadableValue.class)
                .hasMessage("found bytes that are not UTF-8, expected text in UTF-8");
    }
}
