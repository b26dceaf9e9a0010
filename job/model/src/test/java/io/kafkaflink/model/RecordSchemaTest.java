package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {
    private static final RecordSchema CLICKS = RecordSchema.of(Clickstream.CONFIGURATION.source());

    @Test
    void textAndGeneratedRecordsHaveOneField() {
        RecordSchema value = new RecordSchema(List.of(new Field("value", FieldType.String)));
        assertThat(RecordSchema.readBy(new Format(Format.Text.UTF_8, null))).isEqualTo(value);
        assertThat(RecordSchema.of(new JobConfiguration.Source(null, new DatagenSource(null, null, null))))
                .isEqualTo(value);
    }

    @Test
    void jsonHasItsDeclaredFields() {
        assertThat(CLICKS.names()).containsExactly("userId", "page", "timestamp", "status", "bytes", "price", "bot");
    }

    @Test
    void prefixRebalanceAndFilterKeepTheFields() {
        Clickstream.CONFIGURATION.transforms().subList(0, 3).forEach(step -> assertThat(CLICKS.after(step))
                .isEqualTo(CLICKS));
    }

    @Test
    void keyedCountAppendsItsField() {
        RecordSchema counted =
                CLICKS.after(Clickstream.CONFIGURATION.transforms().get(3));
        assertThat(counted.fields()).hasSize(8).startsWith(CLICKS.fields().toArray(new Field[0]));
        assertThat(counted.fields().get(7)).isEqualTo(new Field("visit", FieldType.Long));
    }

    @Test
    void windowLeavesKeyBoundsAndMetrics() {
        RecordSchema counted =
                CLICKS.after(Clickstream.CONFIGURATION.transforms().get(3));
        assertThat(counted.after(Clickstream.CONFIGURATION.transforms().get(4)).fields())
                .containsExactly(
                        new Field("page", FieldType.String),
                        new Field("windowStart", FieldType.Long),
                        new Field("windowEnd", FieldType.Long),
                        new Field("views", FieldType.Long),
                        new Field("visitors", FieldType.Long),
                        new Field("bytes", FieldType.Long),
                        new Field("revenue", FieldType.Double));
    }

    @Test
    void projectionLeavesItsFieldsWithTheirTypes() {
        assertThat(RecordSchema.atSinks(Clickstream.CONFIGURATION).fields())
                .endsWith(new Field("earned", FieldType.Double), new Field("share", FieldType.Double))
                .hasSize(8);
        Projection projection = new Projection(List.of(
                new Projection.Output("who", "userId", null),
                new Projection.Output("bot", null, null),
                new Projection.Output("one", null, new Projection.Literal(FieldType.Long, "1")),
                new Projection.Output("site", null, new Projection.Literal(null, "shop"))));
        assertThat(CLICKS.after(Transform.of("few", projection)).fields())
                .containsExactly(
                        new Field("who", FieldType.String),
                        new Field("bot", FieldType.Boolean),
                        new Field("one", FieldType.Long),
                        new Field("site", FieldType.String));
    }

    @Test
    void theSourcePartitionStaysInFrontAndIsNoDeclaredField() {
        RecordSchema read = CLICKS.withSourcePartition();
        assertThat(read.fields()).hasSize(8).endsWith(CLICKS.fields().toArray(new Field[0]));
        assertThat(read.indexOf("userId")).isEqualTo(RecordSchema.SOURCE_PARTITION + 1);
        assertThat(read.declared()).isEqualTo(CLICKS);
        assertThat(CLICKS.declared()).isEqualTo(CLICKS);

        RecordSchema few =
                read.after(Transform.of("few", new Projection(List.of(new Projection.Output("page", null, null)))));
        assertThat(few.hasSourcePartition()).isTrue();
        assertThat(few.declared().names()).containsExactly("page");
        assertThatThrownBy(() -> FilterExpression.compile("partition == 0", read))
                .isInstanceOf(FilterExpression.InvalidExpression.class);
    }

    @Test
    void expressionsFindTheirFieldsBehindTheSourcePartition() throws Exception {
        RecordSchema read = CLICKS.withSourcePartition();
        Object[] row = {3L, "u", "/", 1L, 200L, 5L, 0.5, false};
        for (String expression : List.of("bytes == 5", "page.size() == 1 && status == 200")) {
            assertThat(FilterExpression.compile(expression, read).test(position -> row[position]))
                    .as(expression)
                    .isTrue();
        }
    }

    @Test
    void flattenPutsTheFieldsOfMembersInThePlaceOfTheArray() {
        Field lines = new Field(
                "lines",
                FieldType.Array,
                new Field.Items(
                        null,
                        List.of(new Field.Member("sku", FieldType.String), new Field.Member("lines", FieldType.Long))));
        Field tags = new Field("tags", FieldType.Array, new Field.Items(FieldType.Double, null));
        Field id = new Field("id", FieldType.Long);
        RecordSchema orders = new RecordSchema(List.of(lines, tags, id));
        assertThat(orders.after(Transform.of("line", new Transform.Flatten("lines")))
                        .fields())
                .containsExactly(new Field("sku", FieldType.String), new Field("lines", FieldType.Long), tags, id);
        assertThat(orders.after(Transform.of("tag", new Transform.Flatten("tags")))
                        .fields())
                .containsExactly(lines, new Field("tags", FieldType.Double), id);
        Projection renamed = new Projection(List.of(new Projection.Output("parts", "lines", null)));
        assertThat(orders.after(Transform.of("few", renamed)).fields())
                .containsExactly(new Field("parts", FieldType.Array, lines.items()));
    }

    @Test
    void aSinkForLateRecordsReceivesWhatTheWindowDoes() {
        JobConfiguration base = Clickstream.CONFIGURATION;
        Window counts = new Window(
                "page",
                new Window.Tumbling("1m"),
                null,
                null,
                null,
                List.of(Metric.count("views")),
                new Window.Late("nowhere"));
        JobConfiguration configuration = new JobConfiguration(
                base.formatVersion(),
                base.namespace(),
                base.name(),
                base.flinkVersion(),
                base.connectorVersion(),
                base.kafka(),
                base.source(),
                base.eventTime(),
                List.of(
                        Transform.of("visits", new Transform.KeyedCount("userId", "visit")),
                        Transform.of("counts", counts)),
                base.sinks(),
                base.uids());

        assertThat(RecordSchema.reaching(configuration, "nowhere").names())
                .contains("userId", "visit")
                .doesNotContain("views");
        assertThat(RecordSchema.reaching(configuration, "log").names())
                .containsExactly("page", "windowStart", "windowEnd", "views");
    }

    @Test
    void metricsHaveTypes() {
        Window window = new Window(
                "userId",
                null,
                null,
                new Window.Session("30m"),
                null,
                List.of(
                        Metric.min("least", "price"),
                        Metric.max("most", "bytes"),
                        Metric.avg("mean", "bytes"),
                        Metric.duration("ms")));
        assertThat(CLICKS.after(Transform.of("sessions", window)).fields())
                .endsWith(
                        new Field("least", FieldType.Double),
                        new Field("most", FieldType.Long),
                        new Field("mean", FieldType.Double),
                        new Field("ms", FieldType.Long));
    }

    @Test
    void namesAFieldThatIsNotThere() {
        assertThatThrownBy(() -> CLICKS.indexOf("when"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no field when among [userId, page, timestamp, status, bytes, price, bot]");
    }
}
