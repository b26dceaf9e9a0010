package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.Transform.Extent;
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
            new Extent.Sized(Duration.ofMinutes(1), Duration.ofMinutes(1)),
            Duration.ZERO,
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

    private static Transform window(Extent extent, Duration lateness, Metric... metrics) {
        return new Transform.Window("page", extent, lateness, List.of(metrics));
    }

    private Verdict check(Transform window, Duration allowance, long late, Row... output) {
        return new WindowCheck(List.of(window), allowance, InputRecord.inOrder(input))
                .compare(input.size(), List.of(output), OptionalLong.of(late));
    }

    private static Row counted(String page, long from, long to, long views) {
        return new Row(new TreeMap<>(
                Map.of("page", page, "windowStart", from * 1000, "windowEnd", to * 1000, "views", views)));
    }

    @Test
    @DisplayName("sliding windows: a record is in each that covers it; one window left out or one number off is wrong")
    void sliding() {
        view(0, 5, "/a", "u1", 10, false);
        view(0, 12, "/a", "u1", 20, false);
        Transform window = window(
                new Extent.Sized(Duration.ofSeconds(20), Duration.ofSeconds(10)),
                Duration.ZERO,
                new Metric("views", Kind.COUNT, null));
        Row first = counted("/a", -10, 10, 1);
        Row second = counted("/a", 0, 20, 2);
        Row third = counted("/a", 10, 30, 1);

        assertThat(check(window, Duration.ofMinutes(1), 0, first, second, third).faults())
                .isEmpty();
        assertThat(check(window, Duration.ofMinutes(1), 0, first, second).windowsWrong())
                .hasValue(1);
        assertThat(check(window, Duration.ofMinutes(1), 0, first, second.with("views", 1L), third)
                        .windowsWrong())
                .hasValue(1);
        assertThat(check(window, Duration.ofMinutes(1), 1, first, second, third).faults())
                .hasSize(1);
    }

    @Test
    @DisplayName("sliding windows: a record that may be late for the older of its windows may be missing there only")
    void slidingDoubt() {
        view(0, 12, "/a", "u1", 20, false);
        view(0, 5, "/a", "u1", 10, false);
        Transform window = window(
                new Extent.Sized(Duration.ofSeconds(20), Duration.ofSeconds(10)),
                Duration.ZERO,
                new Metric("views", Kind.COUNT, null));
        Row second = counted("/a", 0, 20, 2);
        Row third = counted("/a", 10, 30, 1);

        assertThat(check(window, Duration.ZERO, 0, second, third).faults()).isEmpty();
        assertThat(check(window, Duration.ZERO, 0, counted("/a", -10, 10, 1), second, third)
                        .faults())
                .isEmpty();
        assertThat(check(window, Duration.ZERO, 0, second.with("views", 1L), third)
                        .windowsWrong())
                .hasValue(1);
    }

    private static Row session(String page, long from, long to, Object least, Object most, Object mean) {
        Row row = counted(page, from, to + 30, 0).without("views").with("ms", (to - from) * 1000);
        return row.with("least", least).with("most", most).with("mean", mean);
    }

    @Test
    @DisplayName("sessions: records out of order, a gap that is just bridged, and one that is not")
    void sessions() {
        view(0, 0, "/a", "u1", 10, false);
        view(0, 60, "/a", "u1", 40, false);
        view(1, 30, "/a", "u1", 25, false);
        view(1, 91, "/a", "u1", 7, false);
        view(0, 10, "/b", "u1", 3, false);
        Transform window = window(
                new Extent.Session(Duration.ofSeconds(30)),
                Duration.ZERO,
                new Metric("ms", Kind.DURATION, null),
                new Metric("least", Kind.MIN, "bytes"),
                new Metric("most", Kind.MAX, "bytes"),
                new Metric("mean", Kind.AVG, "bytes"));
        Row[] right = {
            session("/a", 0, 60, 10L, 40L, 25.0), session("/a", 91, 91, 7L, 7L, 7.0), session("/b", 10, 10, 3L, 3L, 3.0)
        };

        assertThat(check(window, Duration.ofMinutes(1), 0, right).faults()).isEmpty();
        assertThat(check(window, Duration.ofMinutes(1), 0, right[0], right[1]).windowsWrong())
                .hasValue(1);
        for (Row bad : List.of(
                right[0].with("ms", 60001L),
                right[0].with("least", 11L),
                right[0].with("most", 39L),
                right[0].with("mean", 24.9),
                right[0].with("mean", 25L),
                right[0].without("mean"),
                session("/a", 0, 30, 10L, 25L, 17.5))) {
            assertThat(check(window, Duration.ofMinutes(1), 0, bad, right[1], right[2])
                            .clean())
                    .as("%s", bad)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("least, most and mean of nothing but nulls are null")
    void nothingToCompare() {
        view(0, 0, "/a", "u1", 10, false);
        Transform window = window(
                new Extent.Session(Duration.ofSeconds(30)),
                Duration.ZERO,
                new Metric("ms", Kind.DURATION, null),
                new Metric("least", Kind.MIN, "price"),
                new Metric("mean", Kind.AVG, "price"));

        assertThat(check(window, Duration.ZERO, 0, session("/a", 0, 0, null, null, null))
                        .faults())
                .isEmpty();
        assertThat(check(window, Duration.ZERO, 0, session("/a", 0, 0, null, null, 0.0))
                        .clean())
                .isFalse();
    }

    @Test
    @DisplayName("sessions and windows that wait for late records cannot be checked when a record may be late")
    void doubtfulSessions() {
        doubtfulView();
        Metric count = new Metric("views", Kind.COUNT, null);
        Extent minute = new Extent.Sized(Duration.ofMinutes(1), Duration.ofMinutes(1));
        for (Transform window : List.of(
                window(new Extent.Session(Duration.ofHours(1)), Duration.ZERO, count),
                window(minute, Duration.ofSeconds(1), count))) {
            assertThatThrownBy(() -> check(window, Duration.ofSeconds(30), 0))
                    .isInstanceOf(UncheckableException.class)
                    .hasMessageContaining("1 events may come too late")
                    .hasMessageContaining("maxOutOfOrderness");
        }
        assertThat(check(
                                window(minute, Duration.ofSeconds(1), count),
                                Duration.ofMinutes(1),
                                0,
                                counted("/a", 0, 60, 2),
                                counted("/b", 60, 120, 1))
                        .faults())
                .isEmpty();
    }
}
