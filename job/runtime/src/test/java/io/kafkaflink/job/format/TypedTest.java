package io.kafkaflink.job.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.TypedFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against Flink's own serializers: what they write is read, and what is written they have written. */
class TypedTest {
    private static final List<Field.Member> FIELDS = List.of(
            new Field.Member("user", FieldType.String),
            new Field.Member("time", FieldType.Long),
            new Field.Member("price", FieldType.Double),
            new Field.Member("bot", FieldType.Boolean),
            new Field.Member("picture", FieldType.Bytes),
            new Field.Member("note", FieldType.String),
            new Field.Member("seventh", FieldType.Long));

    static Stream<Row> rows() {
        return Stream.of(
                Row.of("ü😀", Long.MIN_VALUE, -1.5, true, new byte[] {0, -1}, "", 7L),
                Row.of(null, null, null, null, null, null, null),
                Row.of("x".repeat(70_000), 1L, Double.NaN, false, new byte[70_000], "\uffff\ud800\u0080", null));
    }

    @ParameterizedTest
    @MethodSource("rows")
    @DisplayName("Rows: the same bytes as Flink's, and nothing else but exactly these is a row")
    void row(Row row) throws Exception {
        Format format = format(null, FIELDS);
        RecordSchema schema = RecordSchema.readBy(format);
        byte[] flinks = serialized(RowTypes.of(schema), row);

        assertThat(Formats.writer(format(null, null), schema).write(row)).isEqualTo(flinks);
        RowReader reader = InstantiationUtil.clone(Formats.reader(format, schema));
        assertThat(reader.read(flinks)).isEqualTo(row);
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(flinks, flinks.length - 1)))
                .isInstanceOf(UnreadableValue.class);
        assertThatThrownBy(() -> reader.read(Arrays.copyOf(flinks, flinks.length + 1)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessageStartingWith("found 1 bytes more");
    }

    @Test
    @DisplayName("Single values: the field named value, where null makes a record without value")
    void single() throws Exception {
        for (Object value : List.of("aé", 5L, 0.5, true)) {
            FieldType type = FieldType.valueOf(value.getClass().getSimpleName());
            Format format = format(type, null);
            byte[] flinks = serialized(RowTypes.of(type), value);
            RecordSchema two = new RecordSchema(List.of(new Field("other", FieldType.Long), new Field("value", type)));
            assertThat(Formats.writer(format, two).write(Row.of(1L, value))).isEqualTo(flinks);
            assertThat(Formats.writer(format, two).write(Row.of(1L, null))).isNull();
            assertThat(Formats.reader(format, RecordSchema.readBy(format)).read(flinks))
                    .isEqualTo(Row.of(value));
        }
    }

    private static Format format(FieldType type, List<Field.Member> fields) {
        return new Format(new TypedFormat(type, fields));
    }

    @SuppressWarnings("unchecked")
    private static byte[] serialized(TypeInformation<?> type, Object value) throws Exception {
        DataOutputSerializer output = new DataOutputSerializer(16);
        ((TypeInformation<Object>) type)
                .createSerializer(new SerializerConfigImpl())
                .serialize(value, output);
        return output.getCopyOfBuffer();
    }
}
