package io.kafkaflink.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;

class TimeOfRowsTest {
    private static final Either<Row, Row> LETTER = Either.Right(Row.of("any"));

    private final TimeOfRows strategy = new TimeOfRows(WatermarkStrategy.<Row>forBoundedOutOfOrderness(Duration.ZERO)
            .withTimestampAssigner((row, kafkaTime) -> (Long) row.getField(0)));

    @Test
    void rowsHaveTheirTimeAndDeadLettersThatOfKafka() {
        TimestampAssigner<Either<Row, Row>> assigner = strategy.createTimestampAssigner(null);

        assertThat(assigner.extractTimestamp(Either.Left(Row.of(7L)), 9)).isEqualTo(7);
        assertThat(assigner.extractTimestamp(LETTER, 9)).isEqualTo(9);
    }

    @Test
    void deadLettersDoNotMoveEventTime() {
        WatermarkGenerator<Either<Row, Row>> generator = strategy.createWatermarkGenerator(null);
        List<Long> seen = new ArrayList<>();
        WatermarkOutput output = new WatermarkOutput() {
            @Override
            public void emitWatermark(Watermark watermark) {
                seen.add(watermark.getTimestamp());
            }

            @Override
            public void markIdle() {}

            @Override
            public void markActive() {}
        };

        generator.onEvent(Either.Left(Row.of(7L)), 7, output);
        generator.onEvent(LETTER, 100, output);
        generator.onPeriodicEmit(output);

        assertThat(seen).containsExactly(6L);
    }
}
