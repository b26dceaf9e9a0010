package io.kafkaflink.job.kafka;

import java.io.Serial;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts {@link DeadLetter}s from rows; it keeps no state. */
public final class DeadLetterSplit extends ProcessFunction<Either<Row, Row>, Row> {
    /** The side output of dead letters. */
    public static final OutputTag<Row> LETTERS = new OutputTag<>("dead-letters", DeadLetter.TYPE);

    @Serial
    private static final long serialVersionUID = 1L;

    /** Rows, and dead letters beside them. */
    public static TypeInformation<Either<Row, Row>> typeBeside(TypeInformation<Row> rows) {
        return new EitherTypeInfo<>(rows, DeadLetter.TYPE);
    }

    @Override
    public void processElement(Either<Row, Row> read, Context context, Collector<Row> out) {
        if (read.isLeft()) {
            out.collect(read.left());
        } else {
            context.output(LETTERS, read.right());
        }
    }
}
