package io.kafkaflink.job.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.KeyValueFormat;
import io.kafkaflink.model.RecordSchema;
import java.util.List;
import java.util.Optional;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyValueTest {
    private static final List<Field.Member> KEY = List.of(new Field.Member("user", FieldType.String));
    private static final List<Field.Member> VALUE =
            List.of(new Field.Member("page", FieldType.String), new Field.Member("n", FieldType.Long));

    @Test
    @DisplayName("Fields of key, value and record, in this order; what is not there is null")
    void reads() throws Exception {
        RowReader all = reader(KEY, VALUE, new KeyValueFormat.Metadata("topic", "partition", "offset", "at"));
        assertThat(all.readsTombstones()).isTrue();
        assertThat(all.read(record("{\"user\":\"u\",\"x\":1}", "{\"n\":5}", 9)))
                .isEqualTo(Row.of("u", null, 5L, "clicks", 3L, 42L, 9L));
        assertThat(all.read(record(null, "{\"page\":\"p\"}", 9)))
                .isEqualTo(Row.of(null, "p", null, "clicks", 3L, 42L, 9L));
        assertThat(all.read(record("{}", null, ConsumerRecord.NO_TIMESTAMP)))
                .isEqualTo(Row.of(null, null, null, "clicks", 3L, 42L, null));
        RowReader some = reader(null, null, new KeyValueFormat.Metadata(null, "partition", null, "at"));
        assertThat(some.read(record("no JSON", "none", 9))).isEqualTo(Row.of(3L, 9L));
    }

    @Test
    @DisplayName("A key or a value that is not as declared says which of both")
    void unreadable() {
        assertThatThrownBy(() -> reader(KEY, VALUE, null).read(record("u", "{}", 9)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessageStartingWith("found a key that cannot be read: found no valid JSON");
        assertThatThrownBy(() -> reader(KEY, VALUE, null).read(record("{}", "{\"n\":\"x\"}", 9)))
                .isInstanceOf(UnreadableValue.class)
                .hasMessageStartingWith("found a text in field 'n'");
    }

    @Test
    @DisplayName("A sink writes the named fields as the key, in their order, and all others as the value")
    void writes() {
        RecordSchema schema = new RecordSchema(List.of(
                new Field("page", FieldType.String),
                new Field("n", FieldType.Long),
                new Field("user", FieldType.String),
                new Field("tags", FieldType.Array, new Field.Items(FieldType.Long, null))));
        Format format = new Format(new KeyValueFormat(null, null, null, List.of("user", "page")));
        Row row = Row.of("p", 5L, null, new Row[] {Row.of(1L)});
        assertThat(Formats.keyWriter(format, schema).orElseThrow().write(row))
                .asString(UTF_8)
                .isEqualTo("{\"user\":null,\"page\":\"p\"}");
        assertThat(Formats.writer(format, schema).write(row)).asString(UTF_8).isEqualTo("{\"n\":5,\"tags\":[1]}");
    }

    private static RowReader reader(List<Field.Member> key, List<Field.Member> value, KeyValueFormat.Metadata metadata)
            throws Exception {
        Format format = new Format(new KeyValueFormat(key, value, metadata, null));
        return InstantiationUtil.clone(Formats.reader(format, RecordSchema.readBy(format)));
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String value, long time) {
        return new ConsumerRecord<>(
                "clicks",
                3,
                42L,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
