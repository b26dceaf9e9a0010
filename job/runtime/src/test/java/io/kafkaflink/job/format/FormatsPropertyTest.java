package io.kafkaflink.job.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.types.Row;

class FormatsPropertyTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("s", FieldType.String),
            new Field("l", FieldType.Long),
            new Field("d", FieldType.Double),
            new Field("b", FieldType.Boolean)));

    private final RowReader reader = Formats.reader(new Format(null, new Format.Json(SCHEMA.fields())), SCHEMA);
    private final RowWriter writer = Formats.writer(new Format(null, new Format.Json(null)), SCHEMA);

    @Property
    void jsonReadsBackWhatItWrites(
            @ForAll("texts") String text, @ForAll Long number, @ForAll("finite") Double decimal, @ForAll Boolean truth)
            throws Exception {
        Row row = Row.of(text, number, decimal, truth);
        byte[] json = writer.write(row);
        assertThat(reader.read(json)).isEqualTo(row);
        JsonNode tree = new ObjectMapper().readTree(json);
        assertThat(tree.get("s").textValue()).isEqualTo(text);
        assertThat(tree.get("l").longValue()).isEqualTo(number);
        assertThat(tree.get("d").doubleValue()).isEqualTo(decimal);
        assertThat(tree.get("b").booleanValue()).isEqualTo(truth);
    }

    @Property
    void textReadsBackWhatItWrites(@ForAll("texts") String text) throws Exception {
        RecordSchema value = new RecordSchema(List.of(new Field("value", FieldType.String)));
        byte[] bytes = new TextWriter(value).write(Row.of(text));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(new TextReader().read(bytes)).isEqualTo(Row.of(text));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withChars('\ue000', '\uffff')
                .ofMaxLength(40)
                .map(text -> text + "😀");
    }

    @Provide
    Arbitrary<Double> finite() {
        return Arbitraries.doubles();
    }
}
