package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QueryResultsTest {
    private static final List<InputRecord> EVENTS = List.of(
            event(0, Map.of("user", "a", "n", 5L)),
            event(59_999, Map.of("user", "a", "n", 2L)),
            event(60_000, Map.of("user", "a", "n", 1L)),
            event(61_000, Map.of("user", "b")),
            event(61_500, Map.of("user", "b", "n", 4L)));

    @Test
    @DisplayName("rows and expressions, with names in backquotes and event time as a number")
    void rows() {
        assertThat(results("SELECT UPPER(`user`) AS who, event_time AS t FROM input WHERE n > 2", "who", "t"))
                .containsExactlyInAnyOrder(row(Map.of("who", "A", "t", 0L)), row(Map.of("who", "B", "t", 61_500L)));
    }

    @Test
    @DisplayName("tumbling windows, also in small letters")
    void tumbling() {
        String sql =
                "select `user`, window_start as s, window_end as e, count(*) as c, sum(n) as n, avg(cast(n as double"
                        + " precision)) as mean from table(tumble(table input, descriptor(event_time), interval '1' minute))"
                        + " group by `user`, window_start, window_end";
        assertThat(results(sql, "user", "s", "e", "c", "n", "mean"))
                .containsExactlyInAnyOrder(
                        row(Map.of("user", "a", "s", 0L, "e", 60_000L, "c", 2L, "n", 7L, "mean", 3.5)),
                        row(Map.of("user", "a", "s", 60_000L, "e", 120_000L, "c", 1L, "n", 1L, "mean", 1.0)),
                        row(Map.of("user", "b", "s", 60_000L, "e", 120_000L, "c", 2L, "n", 4L, "mean", 4.0)));
    }

    @Test
    @DisplayName("sliding windows: a record is in size / slide of them")
    void sliding() {
        String sql = "SELECT window_start AS s, COUNT(*) AS c FROM TABLE(HOP(TABLE input, DESCRIPTOR(event_time),"
                + " INTERVAL '30' SECONDS, INTERVAL '1' MINUTES)) WHERE `user` = 'a' GROUP BY window_start, window_end";
        assertThat(results(sql, "s", "c"))
                .containsExactlyInAnyOrder(
                        row(Map.of("s", -30_000L, "c", 1L)),
                        row(Map.of("s", 0L, "c", 2L)),
                        row(Map.of("s", 30_000L, "c", 2L)),
                        row(Map.of("s", 60_000L, "c", 1L)));
    }

    @Test
    @DisplayName("what the other engine does not know cannot be checked, and is no fault of the pipeline")
    void uncheckable() {
        assertThatThrownBy(() -> results("SELECT * FROM TABLE(SESSION(TABLE input, DESCRIPTOR(event_time)))", "user"))
                .isInstanceOf(UncheckableException.class)
                .hasMessageContaining("does not understand this query");
        assertThatThrownBy(() -> results(
                        "SELECT 1 AS one FROM TABLE(HOP(TABLE input, DESCRIPTOR(event_time), INTERVAL '7' SECOND, INTERVAL"
                                + " '1' MINUTE))",
                        "one"))
                .isInstanceOf(UncheckableException.class)
                .hasMessageContaining("are none that the rehearsal knows");
    }

    private static List<Row> results(String sql, String... fields) {
        return new QueryResults(new Transform.Query(sql, List.of(fields)))
                .of(EVENTS).stream().map(InputRecord::row).toList();
    }

    private static InputRecord event(long time, Map<String, Object> fields) {
        return InputRecord.of(0, time, row(fields));
    }

    private static Row row(Map<String, Object> fields) {
        return new Row(new TreeMap<>(fields));
    }
}
