package io.kafkaflink.job.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.JdbcSink;
import io.kafkaflink.model.RecordSchema;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UpsertTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("page", FieldType.String),
            new Field("at", FieldType.Long),
            new Field("share", FieldType.Double),
            new Field("open", FieldType.Boolean),
            new Field("body", FieldType.Bytes)));

    private static JdbcSink sink(String table, Map<String, String> columns, String... keys) {
        return new JdbcSink("jdbc:postgresql://db/shop", table, List.of(keys), columns, null, null, null, null);
    }

    @Test
    @DisplayName(
            "the newest record wins: all columns but the keys are updated, under the names that the sink gives them")
    void statement() {
        Upsert upsert = Upsert.of(sink("reports.Clicks", Map.of("at", "clicked_at"), "at", "page"), SCHEMA);

        assertThat(upsert.sql())
                .isEqualTo(
                        "INSERT INTO \"reports\".\"Clicks\" (\"page\", \"clicked_at\", \"share\", \"open\", \"body\")"
                                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (\"page\", \"clicked_at\") DO UPDATE SET"
                                + " \"share\" = EXCLUDED.\"share\", \"open\" = EXCLUDED.\"open\", \"body\" = EXCLUDED.\"body\"");
        assertThat(upsert.createTable("reports.Clicks"))
                .isEqualTo("CREATE TABLE \"reports\".\"Clicks\" (\"page\" text, \"clicked_at\" bigint, \"share\" double"
                        + " precision, \"open\" boolean, \"body\" bytea, PRIMARY KEY (\"page\", \"clicked_at\"))");
    }

    @Test
    @DisplayName("where every field is a key, a row that is there stays as it is")
    void keysOnly() {
        RecordSchema pages = new RecordSchema(List.of(new Field("page", FieldType.String)));

        assertThat(Upsert.of(sink("pages", null, "page"), pages).sql())
                .isEqualTo("INSERT INTO \"pages\" (\"page\") VALUES (?) ON CONFLICT (\"page\") DO NOTHING");
    }

    @Test
    @DisplayName("the partition that a record was read from has no column")
    void withoutSourcePartition() throws Exception {
        Upsert upsert = Upsert.of(sink("clicks", null, "page"), SCHEMA.withSourcePartition());
        Object[] values = upsert.values(Row.of(3L, "/a", 5L, 0.5, true, new byte[] {1}));

        assertThat(upsert.columns())
                .extracting(Upsert.Column::name)
                .containsExactly("page", "at", "share", "open", "body");
        assertThat(values).containsExactly("/a", 5L, 0.5, true, new byte[] {1});
        assertThat(upsert.key(values)).isEqualTo(List.of("/a"));
    }

    @Test
    @DisplayName("a record without one of its keys is refused by the field's name, and begins the message")
    void nullKey() {
        Upsert upsert = Upsert.of(sink("clicks", null, "page", "at"), SCHEMA);
        Object[] values = upsert.values(Row.of("/a", null, null, null, new byte[3]));

        assertThatThrownBy(() -> upsert.key(values))
                .isInstanceOf(RefusedRow.class)
                .hasMessage("A record cannot be written to a table: found nothing in its field 'at', one of the sink's"
                        + " keyFields, expected a value. Filter such records out; the pipeline waits at this record, and"
                        + " nothing is lost. The record begins with: \"page=/a, at=null, share=null, open=null,"
                        + " body=3 bytes\"");
    }
}
