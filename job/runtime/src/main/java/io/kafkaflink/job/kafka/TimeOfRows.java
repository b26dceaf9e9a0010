package io.kafkaflink.job.kafka;

import java.io.Serial;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;

/** Event time of rows among {@link DeadLetter}s, which move it no more than records that are skipped. */
final class TimeOfRows implements WatermarkStrategy<Either<Row, Row>> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final WatermarkStrategy<Row> rows;

    TimeOfRows(WatermarkStrategy<Row> rows) {
        this.rows = rows;
    }

    @Override
    public TimestampAssigner<Either<Row, Row>> createTimestampAssigner(TimestampAssignerSupplier.Context context) {
        TimestampAssigner<Row> assigner = rows.createTimestampAssigner(context);
        return (read, kafkaTime) -> read.isLeft() ? assigner.extractTimestamp(read.left(), kafkaTime) : kafkaTime;
    }

    @Override
    public WatermarkGenerator<Either<Row, Row>> createWatermarkGenerator(WatermarkGeneratorSupplier.Context context) {
        WatermarkGenerator<Row> generator = rows.createWatermarkGenerator(context);
        return new WatermarkGenerator<>() {
            @Override
            public void onEvent(Either<Row, Row> read, long time, WatermarkOutput output) {
                if (read.isLeft()) {
                    generator.onEvent(read.left(), time, output);
                }
            }

            @Override
            public void onPeriodicEmit(WatermarkOutput output) {
                generator.onPeriodicEmit(output);
            }
        };
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return rows.getAlignmentParameters();
    }
}
