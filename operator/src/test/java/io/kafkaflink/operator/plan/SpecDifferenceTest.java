package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpecDifferenceTest {

    @Test
    void numbersCompareByValue() {
        assertThat(SpecDifference.between(Map.of("cpu", 1), Map.of("cpu", 1.0))).isEmpty();
        assertThat(SpecDifference.between(Map.of("n", 5L), Map.of("n", 5))).isEmpty();
    }

    @Test
    void listsCompareWhole() {
        assertThat(SpecDifference.between(Map.of("args", List.of("a")), Map.of("args", List.of("a", "b"))))
                .contains("spec.args [a, b] becomes [a]");
        assertThat(SpecDifference.between(
                        Map.of("args", List.of(Map.of("x", 1))), Map.of("args", List.of(Map.of("x", 2)))))
                .contains("spec.args[0].x 2 becomes 1");
    }

    @Test
    void aMissingObjectIsNamed() {
        assertThat(SpecDifference.between(Map.of("job", Map.of("state", "running")), Map.of()))
                .contains("spec.job is missing");
    }
}
