package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NumberedCheckTest {
    private final NumberedCheck check = new NumberedCheck();

    private void sawInOrder(String key, int count) {
        for (int n = 0; n < count; n++) {
            check.saw(key, n, n + 1);
        }
    }

    @Test
    @DisplayName("every record once, in order and counted: clean")
    void clean() {
        sawInOrder("a", 100);
        sawInOrder("b", 3);

        Verdict verdict = check.verdict(Map.of("a", 100, "b", 3));

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.clean()).isTrue();
        assertThat(verdict.in()).isEqualTo(103);
        assertThat(verdict.out()).isEqualTo(103);
        assertThat(check.distinct()).isEqualTo(103);
    }

    @Test
    @DisplayName("a hole and a missing tail are lost records")
    void lost() {
        check.saw("a", 0, 1);
        check.saw("a", 2, 3);

        Verdict verdict = check.verdict(Map.of("a", 4, "never-seen", 2));

        assertThat(verdict.lost()).isEqualTo(4);
        assertThat(verdict.faults().get(0)).startsWith("4 records lost").contains("a#1, a#3, never-seen#0");
        assertThat(verdict.duplicated()).isZero();
    }

    @Test
    @DisplayName("a repeated record is a duplicate, not a disorder")
    void duplicated() {
        sawInOrder("a", 5);
        check.saw("a", 3, 4);
        check.saw("a", 4, 5);

        Verdict verdict = check.verdict(Map.of("a", 5));

        assertThat(verdict.duplicated()).isEqualTo(2);
        assertThat(verdict.outOfOrder()).hasValue(0);
        assertThat(verdict.out()).isEqualTo(7);
        assertThat(verdict.clean()).isFalse();
    }

    @Test
    @DisplayName("a record behind a later one of its key is out of order; other keys do not matter")
    void outOfOrder() {
        check.saw("a", 0, 1);
        check.saw("a", 2, 3);
        check.saw("b", 0, 1);
        check.saw("a", 1, 2);

        Verdict verdict = check.verdict(Map.of("a", 3, "b", 1));

        assertThat(verdict.outOfOrder()).hasValue(1);
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.faults()).containsExactly("1 records out of order, as in a#1 after #2");
    }

    @Test
    @DisplayName("a wrong running count is found although the records are all there")
    void wrongCount() {
        check.saw("a", 0, 1);
        check.saw("a", 1, 1);

        assertThat(check.verdict(Map.of("a", 2)).faults())
                .containsExactly("1 wrong counts per key, as in a#1 counted 1");
    }

    @Test
    @DisplayName("records that were never sent are wrong")
    void neverSent() {
        sawInOrder("a", 3);
        check.sawUnreadable("<html>");

        Verdict verdict = check.verdict(Map.of("a", 2));

        assertThat(verdict.wrong()).isEqualTo(2);
        assertThat(verdict.faults().get(0)).contains("never sent").contains("<html>", "a#2");
    }
}
