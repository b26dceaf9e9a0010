package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.generator.annotation.Default;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SchemaDefaultsTest {
    record Today(String name, @Default("5") Integer count, Kind kind) {}

    record Later(
            String name,
            @Default("5") Integer count,
            Kind kind,
            @Default("Warm") Strategy strategy,
            @Default("{}") Limits limits,
            @Default("[1, 2]") List<Integer> steps,
            List<String> notes,
            Map<String, String> extra) {}

    record Limits(@Default("1.0") Double cpu, @Default("2g") String memory) {}

    record Kind(Nothing print, Nothing discard) {}

    record Nothing() {}

    enum Strategy {
        Warm,
        Lean
    }

    @Test
    @DisplayName("fields that a later schema adds with a default leave no trace")
    void laterFields() {
        Today today = new Today("clicks", 5, new Kind(new Nothing(), null));
        Later later = new Later(
                "clicks",
                5,
                new Kind(new Nothing(), null),
                Strategy.Warm,
                new Limits(1.0, "2g"),
                List.of(1, 2),
                List.of(),
                Map.of());

        assertThat(SchemaDefaults.removedFrom(later))
                .isEqualTo(SchemaDefaults.removedFrom(today))
                .isEqualTo(Map.of("name", "clicks", "kind", Map.of("print", Map.of())));
    }

    @Test
    @DisplayName("what differs from the default stays, down to the one member that differs")
    void otherValues() {
        Later later = new Later(
                null, 6, null, Strategy.Lean, new Limits(0.5, "2g"), List.of(2, 1), List.of("a"), Map.of("k", "v"));

        assertThat(SchemaDefaults.removedFrom(later))
                .isEqualTo(Map.of(
                        "count",
                        6,
                        "strategy",
                        "Lean",
                        "limits",
                        Map.of("cpu", 0.5),
                        "steps",
                        List.of(2, 1),
                        "notes",
                        List.of("a"),
                        "extra",
                        Map.of("k", "v")));
    }

    @Test
    @DisplayName("the kind of a union is said by an empty object")
    void unions() {
        assertThat(SchemaDefaults.removedFrom(new Kind(new Nothing(), null)))
                .isNotEqualTo(SchemaDefaults.removedFrom(new Kind(null, new Nothing())));
    }
}
