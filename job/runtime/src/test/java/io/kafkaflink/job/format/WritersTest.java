package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
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
                        new Field.Items(null, List.of(new Field.Member("sku", FieldType.String))))));
        for (String json : List.of(
                "{\"tags\":[1.5,null],\"lines\":[{\"sku\":\"a\"},{\"sku\":null}]}", "{\"tags\":[],\"lines\":null}")) {
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
