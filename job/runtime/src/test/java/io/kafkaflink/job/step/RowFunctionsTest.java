package io.kafkaflink.job.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.Projection;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Transform;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Row;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RowFunctionsTest {
    private static final RecordSchema SCHEMA =
            new RecordSchema(List.of(new Field("page", FieldType.String), new Field("status", FieldType.Long)));

    @Test
    void prefixMakesANewRowAndLeavesNullAlone() {
        TextPrefix prefix = new TextPrefix(new Transform.Prefix("> ", "page"), SCHEMA);
        Row row = Row.of("a", 1L);
        assertThat(prefix.map(row)).isEqualTo(Row.of("> a", 1L));
        assertThat(row).isEqualTo(Row.of("a", 1L));
        assertThat(prefix.map(Row.of(null, 1L))).isEqualTo(Row.of(null, 1L));
    }

    @Test
    void projectionMakesANewRowOfFieldsAndLiterals() throws Exception {
        Projection projection = new Projection(List.of(
                new Projection.Output("code", "status", null),
                new Projection.Output("page", null, null),
                new Projection.Output("one", null, new Projection.Literal(FieldType.Long, "1"))));
        FieldChoice choice = InstantiationUtil.clone(new FieldChoice(projection, SCHEMA));
        assertThat(choice.map(Row.of("a", 200L))).isEqualTo(Row.of(200L, "a", 1L));
        assertThat(choice.map(Row.of(null, null))).isEqualTo(Row.of(null, null, 1L));
    }

    @Test
    void flattenMakesARowOfEachMember() throws Exception {
        RecordSchema orders = new RecordSchema(List.of(
                new Field("id", FieldType.Long),
                new Field(
                        "lines",
                        FieldType.Array,
                        new Field.Items(
                                null,
                                List.of(
                                        new Field.Member("sku", FieldType.String),
                                        new Field.Member("n", FieldType.Long)))),
                new Field("at", FieldType.Long)));
        MemberRows lines = InstantiationUtil.clone(new MemberRows(orders, "lines"));
        List<Row> rows = new ArrayList<>();
        ListCollector<Row> out = new ListCollector<>(rows);
        lines.flatMap(Row.of(1L, new Row[] {Row.of("a", 2L), Row.of(null, 3L)}, 9L), out);
        lines.flatMap(Row.of(2L, new Row[0], 9L), out);
        lines.flatMap(Row.of(3L, null, 9L), out);
        assertThat(rows).containsExactly(Row.of(1L, "a", 2L, 9L), Row.of(1L, null, 3L, 9L));
    }

    @Test
    void filterIsShippedAndDecides() throws Exception {
        ExpressionFilter filter = InstantiationUtil.clone(new ExpressionFilter("status == 200 || page == 'x'", SCHEMA));
        filter.open(DefaultOpenContext.INSTANCE);
        assertThat(filter.filter(Row.of("a", 200L))).isTrue();
        assertThat(filter.filter(Row.of("a", 404L))).isFalse();
        assertThat(filter.filter(Row.of("x", null))).isTrue();
        assertThat(filter.filter(Row.of("a", null))).isFalse();
        assertThat(filter.filter(Row.of(null, null))).isFalse();
    }
}
