package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.Transform.Kind;
import io.kafkaflink.rehearsal.pipeline.Transform.Metric;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WindowCheckTest {
    private static final Transform WINDOW = new Transform.Window(
            "page",
            Duration.ofMinutes(1),
            List.of(
                    new Metric("views", Kind.COUNT, null),
                    new Metric("visitors", Kind.DISTINCT, "userId"),
                    new Metric("bytes", Kind.SUM, "bytes")));
    private static final Transform NO_BOTS = new Transform.Filter("!bot");
    private static final long MINUTE = 60_000;

    private final List<InputRecord> input = new ArrayList<>();

    private void view(int partition, long second, String page, String user, long bytes, boolean bot) {
        input.add(InputRecord.of(
                partition,
                second * 1000,
                new Row(new TreeMap<>(Map.of("page", page, "userId", user, "bytes", bytes, "bot", bot)))));
    }

    private static Row result(String page, long start, long views, long visitors, long bytes) {
        return new Row(new TreeMap<>(Map.of(
                "page",
                page,
                "windowStart",
                start,
                "windowEnd",
                start + MINUTE,
                "views",
                views,
                "visitors",
                visitors,
                "bytes",
                bytes)));
    }

    private Verdict compare(Duration allowance, OptionalLong late, Row... output) {
        return new WindowCheck(List.of(NO_BOTS, WINDOW), allowance, InputRecord.inOrder(input))
                .compare(input.size(), List.of(output), late);
    }

    private void threeViews() {
        view(0, 5, "/a", "u1", 10, false);
        view(0, 30, "/a", "u1", 20, false);
        view(1, 59, "/a", "u2", 30, false);
        view(1, 40, "/a", "robot", 1000, true);
        view(0, 60, "/a", "u1", 7, false);
        view(0, 61, "/b", "u3", 0, false);
    }

    private final Row[] right = {result("/a", 0, 3, 2, 60), result("/a", MINUTE, 1, 1, 7), result("/b", MINUTE, 1, 1, 0)
    };

    @Test
    @DisplayName("filtered, keyed and summed by hand: right")
    void right() {
        threeViews();

        Verdict verdict = compare(Duration.ofMinutes(1), OptionalLong.of(0), right);

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.windowsRight()).hasValue(3);
        assertThat(verdict.windowsWrong()).hasValue(0);
    }

    @Test
    @DisplayName("a window that is missing is wrong")
    void missing() {
        threeViews();

        Verdict verdict = compare(Duration.ofMinutes(1), OptionalLong.empty(), right[0], right[1]);

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.windowsWrong()).hasValue(1);
        assertThat(verdict.faults().get(0)).contains("without result").contains("/b");
    }

    @Test
    @DisplayName("the same result twice is wrong, although each is right")
    void repeated() {
        threeViews();

        Verdict verdict = compare(Duration.ofMinutes(1), OptionalLong.empty(), right[0], right[1], right[1], right[2]);

        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.windowsRight()).hasValue(2);
        assertThat(verdict.windowsWrong()).hasValue(1);
    }

    @Test
    @DisplayName("a window in two parts, as after lost state, is wrong")
    void split() {
        threeViews();

        Verdict verdict = compare(
                Duration.ofMinutes(1),
                OptionalLong.empty(),
                result("/a", 0, 1, 1, 10),
                result("/a", 0, 2, 2, 50),
                right[1],
                right[2]);

        assertThat(verdict.clean()).isFalse();
        assertThat(verdict.windowsRight()).hasValue(2);
    }

    @Test
    @DisplayName("one number off in any metric is wrong")
    void wrongNumbers() {
        threeViews();
        for (Row bad : List.of(
                result("/a", 0, 4, 2, 60),
                result("/a", 0, 2, 2, 60),
                result("/a", 0, 3, 3, 60),
                result("/a", 0, 3, 2, 59),
                result("/a", 0, 3, 2, 1060),
                result("/a", 0, 3, 2, 60).with("surplus", true),
                result("/a", 0, 3, 2, 60).without("bytes"))) {
            Verdict verdict = compare(Duration.ofMinutes(1), OptionalLong.empty(), bad, right[1], right[2]);

            assertThat(verdict.windowsWrong()).as("%s", bad).hasValue(1);
            assertThat(verdict.clean()).as("%s", bad).isFalse();
        }
    }

    @Test
    @DisplayName("a result for a window or key that no record is in is wrong")
    void unexplained() {
        threeViews();

        Verdict verdict = compare(
                Duration.ofMinutes(1),
                OptionalLong.empty(),
                right[0],
                right[1],
                right[2],
                result("/a", 5 * MINUTE, 1, 1, 1),
                new Row(new TreeMap<>(Map.of("value", "x"))));

        assertThat(verdict.windowsWrong()).hasValue(2);
    }

    @Test
    @DisplayName("late by the job's count although nothing can be late: wrong")
    void lateWithoutReason() {
        threeViews();

        assertThat(compare(Duration.ofMinutes(1), OptionalLong.of(1), right).faults())
                .singleElement()
                .asString()
                .contains("in = counted + late does not hold");
    }

    /** 100 s, then back to 50 s in the same partition: with 30 s allowed the first window may be over. */
    private void doubtfulView() {
        view(0, 55, "/a", "u1", 10, false);
        view(0, 100, "/b", "u1", 1, false);
        view(0, 50, "/a", "u2", 20, false);
    }

    @Test
    @DisplayName("a record that may be late: counted or late are both right, if the sum agrees")
    void doubtful() {
        doubtfulView();
        Row other = result("/b", MINUTE, 1, 1, 1);
        Duration allowance = Duration.ofSeconds(30);

        assertThat(compare(allowance, OptionalLong.of(0), result("/a", 0, 2, 2, 30), other)
                        .faults())
                .isEmpty();
        assertThat(compare(allowance, OptionalLong.of(1), result("/a", 0, 1, 1, 10), other)
                        .faults())
                .isEmpty();
        assertThat(compare(allowance, OptionalLong.of(0), result("/a", 0, 1, 1, 10), other)
                        .faults())
                .hasSize(1);
        assertThat(compare(allowance, OptionalLong.of(1), result("/a", 0, 2, 2, 30), other)
                        .faults())
                .hasSize(1);
    }

    @Test
    @DisplayName("a record that may be late does not excuse the loss of one that cannot be")
    void doubtfulIsNoExcuse() {
        doubtfulView();
        Row other = result("/b", MINUTE, 1, 1, 1);
        Duration allowance = Duration.ofSeconds(30);

        assertThat(compare(allowance, OptionalLong.of(2), other).windowsWrong()).hasValue(1);
        assertThat(compare(allowance, OptionalLong.of(0), result("/a", 0, 3, 2, 30), other)
                        .windowsWrong())
                .hasValue(1);
        assertThat(compare(allowance, OptionalLong.of(1), result("/a", 0, 1, 1, 31), other)
                        .windowsWrong())
                .hasValue(1);
        assertThat(compare(allowance, OptionalLong.of(1), result("/a", 0, 1, 0, 10), other)
                        .windowsWrong())
                .hasValue(1);
    }

    @Test
    @DisplayName("a doubtful record after a restart may make a result of its own, but only once")
    void doubtfulInTwoParts() {
        doubtfulView();
        Row other = result("/b", MINUTE, 1, 1, 1);
        Row first = result("/a", 0, 1, 1, 10);
        Row second = result("/a", 0, 1, 1, 20);
        Duration allowance = Duration.ofSeconds(30);

        assertThat(compare(allowance, OptionalLong.of(0), first, second, other).faults())
                .isEmpty();
        assertThat(compare(allowance, OptionalLong.empty(), first, second, second, other)
                        .windowsWrong())
                .hasValue(1);
        assertThat(compare(allowance, OptionalLong.empty(), first, first.with("bytes", 21L), other)
                        .windowsWrong())
                .hasValue(1);
        assertThat(compare(allowance, OptionalLong.empty(), first, first.with("views", 2L), other)
                        .windowsWrong())
                .hasValue(1);
    }

    @Test
    @DisplayName("with a minute allowed the same record cannot be late")
    void enoughAllowance() {
        doubtfulView();
        WindowCheck check = new WindowCheck(List.of(WINDOW), Duration.ofSeconds(40), InputRecord.inOrder(input));
        WindowCheck strict = new WindowCheck(List.of(WINDOW), Duration.ofSeconds(41), InputRecord.inOrder(input));

        assertThat(check.doubtful()).isEqualTo(1);
        assertThat(strict.doubtful()).isZero();
        assertThat(strict.windows()).isEqualTo(2);
    }

    @Test
    @DisplayName("the newest record of another partition makes nothing late")
    void otherPartition() {
        view(1, 500, "/b", "u1", 1, false);
        view(0, 5, "/a", "u1", 10, false);

        assertThat(new WindowCheck(List.of(WINDOW), Duration.ZERO, InputRecord.inOrder(input)).doubtful())
                .isZero();
    }

    @Test
    @DisplayName("steps behind the window cannot be checked, and that is said")
    void windowNotLast() {
        assertThatThrownBy(() -> new WindowCheck(List.of(WINDOW, NO_BOTS), Duration.ZERO, List.of()))
                .isInstanceOf(UncheckableException.class)
                .hasMessageContaining("last transform");
    }
}
