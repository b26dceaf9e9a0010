package io.kafkaflink.rehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Transform;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RowCheckTest {
    private static final Transform PREFIX = new Transform.Prefix("> ", "value");

    private static List<InputRecord> texts(String... values) {
        return Stream.of(values)
                .map(value -> InputRecord.of(0, 0, Row.ofText(value)))
                .toList();
    }

    private static List<Row> rows(String... values) {
        return Stream.of(values).map(Row::ofText).toList();
    }

    @Test
    @DisplayName("prefixed records in any order: clean; equal records count as many times as they were sent")
    void clean() {
        RowCheck check = new RowCheck(List.of(PREFIX, new Transform.Rebalance()), texts("a", "b", "a"));

        assertThat(check.compare(3, rows("> b", "> a", "> a")).faults()).isEmpty();
        assertThat(check.size()).isEqualTo(3);
    }

    @Test
    @DisplayName("lost, duplicated and foreign records are told apart")
    void faults() {
        RowCheck check = new RowCheck(List.of(PREFIX), texts("a", "b", "a"));

        Verdict verdict = check.compare(3, rows("> a", "> b", "> b", "b"));

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.wrong()).isEqualTo(1);
        assertThat(verdict.faults()).hasSize(3);
    }

    @Test
    @DisplayName("where the condition is true the key is all that comes out, and the value would be too much")
    void tombstones() {
        Row kept = new Row(new TreeMap<>(Map.of("user", "a", "bot", false)));
        Row deleted = new Row(new TreeMap<>(Map.of("user", "b", "bot", true)));
        RowCheck check = new RowCheck(
                List.of(),
                List.of(InputRecord.of(0, 0, kept), InputRecord.of(0, 0, deleted)),
                Optional.of(new Shape.Tombstones("bot", "user")));

        assertThat(check.compare(2, List.of(kept, Row.ofTombstone("b"))).faults())
                .isEmpty();
        assertThat(check.compare(2, List.of(kept, deleted)).faults()).hasSize(2);
    }

    private static Row counted(String key, long count) {
        return new Row(new TreeMap<>(Map.of("key", key, "count", count)));
    }

    @Test
    @DisplayName("counts of a key must be 1, 2, 3 in whatever order they came")
    void counts() {
        Row key = new Row(new TreeMap<>(Map.of("key", "k")));
        List<InputRecord> input = List.of(InputRecord.of(0, 0, key), InputRecord.of(1, 0, key));
        RowCheck check = new RowCheck(List.of(new Transform.KeyedCount("key", "count")), input);

        assertThat(check.compare(2, List.of(counted("k", 2), counted("k", 1))).faults())
                .isEmpty();
        assertThat(check.compare(2, List.of(counted("k", 1), counted("k", 1))).faults())
                .containsExactly("1 wrong counts per key, as in count 1 of key k in place of 2");
        assertThat(check.compare(2, List.of(counted("k", 3), counted("k", 1))).faults())
                .hasSize(1);
    }

    @Test
    @DisplayName("a filter by fields, with the null rule of the custom resource")
    void filter() {
        List<InputRecord> input = List.of(
                InputRecord.of(0, 0, new Row(new TreeMap<>(Map.of("status", 200L, "page", "/a")))),
                InputRecord.of(0, 0, new Row(new TreeMap<>(Map.of("status", 404L, "page", "/a")))),
                InputRecord.of(0, 0, new Row(new TreeMap<>(Map.of("page", "/a")))));
        Transform filter = new Transform.Filter("status == 200 && page.startsWith('/')");

        assertThat(new RowCheck(List.of(filter), input).size()).isEqualTo(1);
    }

    @Test
    @DisplayName("a filter that only the job's language knows is refused, not guessed")
    void foreignFilter() {
        Transform filter = new Transform.Filter("[1, 2].exists(x, x == 1)");

        assertThatThrownBy(() -> new RowCheck(List.of(filter), texts("a")))
                .isInstanceOf(UncheckableException.class)
                .hasMessageContaining("cannot be evaluated independently");
    }

    @Test
    @DisplayName("generated numbers begin at 0, leave none out and come once")
    void generated() {
        GeneratedCheck check = new GeneratedCheck("m-");

        assertThat(check.compare(List.of("m-1", "m-0", "m-2")).faults()).isEmpty();
        assertThat(check.compare(List.of("m-0", "m-3")).lost()).isEqualTo(2);
        assertThat(check.compare(List.of("m-2")).faults()).containsExactly("2 records lost, as in m-0 to m-1");
        assertThat(check.compare(List.of("m-0", "m-0")).duplicated()).isEqualTo(1);
        assertThat(check.compare(List.of("x")).faults()).contains("nothing was generated");
    }

    @Test
    @DisplayName("a projection: fields under their own and other names, and literals")
    void projection() {
        Row row = new Row(new TreeMap<>(Map.of("key", "k", "n", 5L, "secret", true)));
        Transform project = new Transform.Project(List.of(
                new Transform.Output("who", "key", null),
                new Transform.Output("n", "n", null),
                new Transform.Output("none", "absent", null),
                new Transform.Output("share", "share", 0.25)));
        RowCheck check = new RowCheck(List.of(project), List.of(InputRecord.of(0, 0, row)));
        Row right = new Row(new TreeMap<>(Map.of("who", "k", "n", 5L, "share", 0.25)));

        assertThat(check.compare(1, List.of(right)).faults()).isEmpty();
        assertThat(check.compare(1, List.of(right.with("secret", true))).clean())
                .isFalse();
        assertThat(check.compare(1, List.of(right.with("share", 0.5))).clean()).isFalse();
    }

    @Test
    @DisplayName("which record of a key is the first cannot be told, and that is said")
    void deduplication() {
        assertThatThrownBy(() -> new RowCheck(
                        List.of(new Transform.Deduplicate("value", Duration.ofMinutes(1))), texts("a", "a")))
                .isInstanceOf(UncheckableException.class)
                .hasMessageContaining("deduplicate");
    }
}
