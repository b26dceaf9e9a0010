package io.kafkaflink.job.step;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.job.record.ColumnTypes;
import io.kafkaflink.model.QueryStep;
import io.kafkaflink.model.RecordSchema;
import io.kafkaflink.model.Transform;
import java.time.ZoneId;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableException;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;
import org.apache.flink.table.api.config.TableConfigOptions;
import org.apache.flink.types.Row;

/**
 * A query of Flink SQL between two steps. Its operators get uids of ours, see {@link SqlUids}: a plan of a DataStream cannot
 * be compiled (only tables of connectors can be written into one), and numbers of Flink's making change from one translation
 * to the next.
 */
final class SqlQuery {
    private final Transform step;
    private final RecordSchema schema;

    /** @param schema the fields of the records that it reads */
    SqlQuery(Transform step, RecordSchema schema) {
        this.step = step;
        this.schema = schema;
    }

    /**
     * @return rows of the declared fields, by position
     * @throws JobRefused for a query that is none, that yields other columns or that takes results back
     * @throws NoClassDefFoundError where the image has no SQL
     */
    SingleOutputStreamOperator<Row> apply(DataStream<Row> records) {
        try {
            return translate(records);
        } catch (SqlParserException | ValidationException | TableException e) {
            throw refused("cannot be run (" + innermost(e) + "); correct it. It reads table " + QueryStep.INPUT
                    + " with columns " + schema.names() + " and " + QueryStep.EVENT_TIME
                    + ", and its results must not change: group by windows");
        }
    }

    private SingleOutputStreamOperator<Row> translate(DataStream<Row> records) {
        StreamTableEnvironment tables = StreamTableEnvironment.create(records.getExecutionEnvironment());
        tables.getConfig()
                .set(ExecutionConfigOptions.TABLE_EXEC_UID_GENERATION, ExecutionConfigOptions.UidGeneration.ALWAYS);
        if (tables.getConfig().getOptional(TableConfigOptions.LOCAL_TIME_ZONE).isEmpty()) {
            tables.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
        }
        tables.createTemporaryView(QueryStep.INPUT, records, input());
        Table result = tables.sqlQuery(step.sql().query());
        ResultRows rows = new ResultRows(
                step.id(),
                step.sql().fields(),
                result.getResolvedSchema(),
                tables.getConfig().getLocalTimeZone());
        DataStream<Row> results = tables.toDataStream(result);
        new SqlUids(step).set(records.getTransformation(), results.getTransformation());
        return results.map(rows);
    }

    private Schema input() {
        Schema.Builder columns = Schema.newBuilder();
        schema.fields().forEach(field -> columns.column(field.name(), ColumnTypes.of(field)));
        return columns.columnByMetadata(QueryStep.EVENT_TIME, DataTypes.TIMESTAMP_LTZ(3), "rowtime", true)
                .watermark(QueryStep.EVENT_TIME, "SOURCE_WATERMARK()")
                .build();
    }

    /** Flink wraps what is wrong in sentences about its own parts. */
    private static String innermost(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private JobRefused refused(String what) {
        return new JobRefused("step '" + step.id() + "': sql.query " + what);
    }
}
