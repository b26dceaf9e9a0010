package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.format.JsonReader;
import io.kafkaflink.job.record.RowTypes;
import io.kafkaflink.model.EventTime.FieldFormat;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordReaderTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(new Field("time", FieldType.Long)));

    private final RecordReader reader = RecordReader.withTime(
            new JsonReader(SCHEMA),
            RowTypes.of(SCHEMA),
            new TimeField(0, SCHEMA.names().get(0), FieldFormat.EpochMillis));

    private List<Row> read(String value) throws PoisonRecord {
        List<Row> rows = new ArrayList<>();
        reader.deserialize(
                new ConsumerRecord<>("clicks", 3, 42L, null, value.getBytes(UTF_8)), new ListCollector<>(rows));
        return rows;
    }

    @Test
    void readsTimes() throws PoisonRecord {
        assertThat(read("{\"time\":-8640000000000000}")).containsExactly(Row.of(-8_640_000_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            {"time":null}                => found nothing in the event-time field 'time', expected epoch milliseconds
            {}                           => found nothing in the event-time field 'time', expected epoch milliseconds
            {"time":8640000000000001}    => found 8640000000000001 in the event-time field 'time', expected epoch milliseconds
            {"time":9223372036854775807} => found 9223372036854775807 in the event-time field 'time', expected epoch milliseconds
            """)
    void recordsWithoutSensibleTimeArePoison(String value, String reason) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(PoisonRecord.class)
                .hasMessage("Record at topic clicks, partition 3, offset 42 cannot be read: " + reason + ". Value of "
                        + value.length() + " bytes: \"" + value
                        + "\". Correct the producer or the declared format; the pipeline waits at this record.");
    }

    @Test
    void theExcerptIsShortPrintableAndOnOneLine() {
        String value = "\u001b[31m\n\r\u202e" + "x".repeat(100_000);
        assertThatThrownBy(() -> read(value))
                .hasMessageContaining("Value of 100010 bytes: \"\\u001b[31m\\u000a\\u000d\\u202exxx")
                .hasMessageContaining("xxx\"…. Correct")
                .message()
                .hasSizeLessThan(600)
                .doesNotContain("\n", "\r", "\u001b", "\u202e");
    }
}
