package io.kafkaflink.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.format.UnreadableValue;
import io.kafkaflink.model.EventTime.FieldFormat;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeFieldTest {
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            EpochMillis  | 1700000000123             | 1700000000123
            EpochMillis  | -5                        | -5
            EpochSeconds | 1700000000                | 1700000000000
            EpochSeconds | 8640000000000             | 8640000000000000
            Iso8601      | 2023-11-14T22:13:20.123Z  | 1700000000123
            Iso8601      | 2023-11-14T23:13:20+01:00 | 1700000000000
            Iso8601      | 1969-12-31T23:59:59.5Z    | -500
            """)
    @DisplayName("a moment in milliseconds")
    void reads(FieldFormat format, String text, long millis) throws UnreadableValue {
        Row row = Row.of("other", value(format, text));
        TimeField field = new TimeField(1, "at", format);

        assertThat(field.require(row)).isEqualTo(millis);
        assertThat(field.millis(row)).isEqualTo(millis);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            EpochMillis  | 8640000000000001    | found 8640000000000001 in the event-time field 'at', expected epoch milliseconds
            EpochMillis  |                     | found nothing in the event-time field 'at', expected epoch milliseconds
            EpochSeconds | 8640000000001       | found 8640000000001 in the event-time field 'at', expected epoch seconds
            EpochSeconds | 9223372036854775807 | found 9223372036854775807 in the event-time field 'at', expected epoch seconds
            Iso8601      | 2023-11-14T22:13:20 | found '2023-11-14T22:13:20' in the event-time field 'at', expected date, time and zone, as in 2026-11-01T00:00:00Z
            Iso8601      | 2023-02-30T00:00:00Z | found '2023-02-30T00:00:00Z' in the event-time field 'at', expected date, time and zone, as in 2026-11-01T00:00:00Z
            Iso8601      | yesterday           | found 'yesterday' in the event-time field 'at', expected date, time and zone, as in 2026-11-01T00:00:00Z
            """)
    @DisplayName("what is no sensible moment cannot be read")
    void refuses(FieldFormat format, String text, String message) {
        TimeField field = new TimeField(1, "at", format);

        assertThatThrownBy(() -> field.require(Row.of("other", value(format, text))))
                .isInstanceOf(UnreadableValue.class)
                .hasMessage(message);
    }

    private static Object value(FieldFormat format, String text) {
        return text == null || format == FieldFormat.Iso8601 ? text : Long.valueOf(text);
    }
}
