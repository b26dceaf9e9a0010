package io.kafkaflink.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.types.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordKeyTest {
    record Case(FieldType type, List<Object> values) {}

    static List<Case> cases() {
        return List.of(
                new Case(FieldType.String, List.of("", "a", "\u0000", "\u0000\u0000", "\u0000a", "null")),
                new Case(FieldType.Long, List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)),
                new Case(FieldType.Double, List.of(0.0, -0.0, 1.5, Double.MIN_VALUE, Double.MAX_VALUE)),
                new Case(FieldType.Boolean, List.of(true, false)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void standsForExactlyOneValueNullIncluded(Case test) {
        RecordKey key = new RecordKey(new RecordSchema(List.of(new Field("k", test.type()))), "k");
        Set<String> keys = new HashSet<>();
        keys.add(key.getKey(Row.of((Object) null)));
        assertThat(key.valueOf(keys.iterator().next())).isNull();
        for (Object value : test.values()) {
            String text = key.getKey(Row.of(value));
            assertThat(keys.add(text)).as("key of " + value + " is new").isTrue();
            assertThat(key.valueOf(text)).isEqualTo(value);
        }
    }
}
