package io.kafkaflink.job.step;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.job.record.RecordKey;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.model.Transform;
import io.kafkaflink.model.Window;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.types.Row;
import org.apache.flink.util.OutputTag;

/** Appends the operators of a step to a stream. */
public final class Steps {
    private Steps() {}

    /**
     * @param schema the fields of {@code records}
     * @param lateSink takes the late records of a window that has a sink for them
     * @return a stream with the fields {@code schema.after(step)}
     */
    public static DataStream<Row> append(
            DataStream<Row> records, Transform step, RecordSchema schema, Consumer<DataStream<Row>> lateSink) {
        return switch (step.kind()) {
            case Prefix -> named(records.map(new TextPrefix(step.prefix(), schema)), step, schema);
            case Project -> named(records.map(new FieldChoice(step.project(), schema)), step, schema);
            case Rebalance -> records.rebalance();
            case Filter ->
                named(records.filter(new ExpressionFilter(step.filter().expression(), schema)), step, schema);
            case Flatten ->
                named(records.flatMap(new MemberRows(schema, step.flatten().field())), step, schema);
            case KeyedCount ->
                named(
                        keyed(records, new RecordKey(schema, step.keyedCount().keyBy()))
                                .process(new CountByKey()),
                        step,
                        schema);
            case Deduplicate ->
                named(
                        keyed(records, new RecordKey(schema, step.deduplicate().keyBy()))
                                .process(new FirstOfKey(step.deduplicate().within())),
                        step,
                        schema);
            case Window -> window(records, step, schema, lateSink);
            case Sql -> named(sql(records, step, schema), step, schema);
            case Custom -> custom(records, step, schema);
        };
    }

    private static SingleOutputStreamOperator<Row> sql(DataStream<Row> records, Transform step, RecordSchema schema) {
        try {
            return new SqlQuery(step, schema).apply(records);
        } catch (NoClassDefFoundError e) {
            throw new JobRefused("step '" + step.id() + "', sql: found no " + e.getMessage()
                    + " in the image; put flink-table-planner-loader, flink-table-runtime and"
                    + " flink-table-api-java-uber of its Flink into /opt/flink/lib, as in Flink's own images");
        }
    }

    /** The function has the step's uid, for its state; what is before and behind it keeps none. */
    private static DataStream<Row> custom(DataStream<Row> records, Transform step, RecordSchema schema) {
        UserFunction function = new UserFunction(step);
        String keyBy = step.custom().keyBy();
        SingleOutputStreamOperator<Row> emitted = keyBy != null
                ? keyed(records, new RecordKey(schema, keyBy)).process(function.keyed())
                : records.map(new NamedRows(schema))
                        .returns(RowTypes.of(schema))
                        .uid(step.uid() + ".in")
                        .name(step.id() + ": names")
                        .process(function.unkeyed());
        return emitted.returns(RowTypes.of(schema.after(step)))
                .uid(step.uid())
                .name(step.id() + ": " + step.kind())
                .map(new DeclaredRows(
                        "step '" + step.id() + "' (" + step.custom().functionClass() + ")", schema.after(step)))
                .returns(RowTypes.of(schema.after(step)))
                .uid(step.uid() + ".out")
                .name(step.id() + ": fields");
    }

    private static DataStream<Row> window(
            DataStream<Row> records, Transform step, RecordSchema schema, Consumer<DataStream<Row>> lateSink) {
        Window window = step.window();
        RecordKey key = new RecordKey(schema, window.keyBy());
        WindowMetrics metrics = new WindowMetrics(window.metrics(), schema);
        OutputTag<Row> late = new OutputTag<>("late", RowTypes.of(schema));
        TypeInformation<Row> result = RowTypes.of(schema.after(step));
        SingleOutputStreamOperator<Row> results = keyed(records, key)
                .window(assigner(window))
                .allowedLateness(
                        window.allowedLateness() == null ? Duration.ZERO : Timespan.parse(window.allowedLateness()))
                .sideOutputLateData(late)
                .aggregate(
                        metrics,
                        new WindowResult(key, window),
                        metrics.accumulatorType(),
                        metrics.resultType(),
                        result);
        DataStream<Row> lateRecords = results.getSideOutput(late)
                .map(new LateRecords())
                .returns(RowTypes.of(schema))
                .uid(step.lateUid())
                .name(step.id() + ": late");
        if (window.late() != null) {
            lateSink.accept(lateRecords);
        }
        return named(results, step, schema);
    }

    private static WindowAssigner<Object, TimeWindow> assigner(Window window) {
        return switch (window.kind()) {
            case Tumbling ->
                TumblingEventTimeWindows.of(Timespan.parse(window.tumbling().size()));
            case Sliding ->
                SlidingEventTimeWindows.of(
                        Timespan.parse(window.sliding().size()),
                        Timespan.parse(window.sliding().slide()));
            case Session ->
                EventTimeSessionWindows.withGap(Timespan.parse(window.session().gap()));
        };
    }

    private static KeyedStream<Row, String> keyed(DataStream<Row> records, RecordKey key) {
        return records.keyBy(key, Types.STRING);
    }

    private static DataStream<Row> named(
            SingleOutputStreamOperator<Row> operator, Transform step, RecordSchema schema) {
        return operator.returns(RowTypes.of(schema.after(step))).uid(step.uid()).name(step.id() + ": " + step.kind());
    }
}
