package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the direct evaluation takes over, it answers as the CEL library does. */
class DirectExpressionPropertyTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("s", FieldType.String),
            new Field("t", FieldType.String),
            new Field("l", FieldType.Long),
            new Field("m", FieldType.Long),
            new Field("d", FieldType.Double),
            new Field("b", FieldType.Boolean)));

    @Property(tries = 300)
    void answersAsTheLibrary(@ForAll("expressions") String expression, @ForAll("records") Object[] record)
            throws Exception {
        boolean expected = FilterExpression.interpreted(expression, SCHEMA).test(i -> record[i]);
        assertThat(FilterExpression.compile(expression, SCHEMA).test(i -> record[i]))
                .as(expression + " on " + Arrays.toString(record))
                .isEqualTo(expected);
    }

    /** Every simple condition and every negation, on every record of a few values: nothing left to chance. */
    @Test
    void answersAsTheLibraryOnEdges() throws Exception {
        List<Object[]> records = List.of(
                new Object[] {"ab", "a", 0L, -1L, -0.0, true},
                new Object[] {"", "", Long.MAX_VALUE, Long.MIN_VALUE, 0.0, false},
                new Object[] {null, "b", null, 0L, null, null},
                new Object[] {"\ud83d\ude00", "\uffff", 1L, 1L, 1.5, null});
        for (String expression : List.of(
                "s == t",
                "s != 'ab'",
                "l == m",
                "l != 0",
                "b == true",
                "b != (l > m)",
                "d < 0.0",
                "d <= -0.0",
                "d > 0.0",
                "d >= 1.5",
                "d == 0.0",
                "l < m",
                "l <= m",
                "l > m",
                "l >= 9223372036854775807",
                "s.startsWith(t)",
                "s.endsWith(t)",
                "s.contains(t)",
                "!b",
                "b && l > 0",
                "l > 0 && b",
                "b || l > 0",
                "l > 0 || b")) {
            for (Object[] record : records) {
                for (String form : List.of(expression, "!(" + expression + ")")) {
                    assertThat(FilterExpression.compile(form, SCHEMA).test(i -> record[i]))
                            .as(form + " on " + Arrays.toString(record))
                            .isEqualTo(
                                    FilterExpression.interpreted(form, SCHEMA).test(i -> record[i]));
                }
            }
        }
    }

    @Test
    void takesOverWhatFiltersMostlyAreMadeOf() throws Exception {
        assertThat(DirectExpression.of(FilterExpression.check("l == 200 && !b || s.startsWith('/a')", SCHEMA), SCHEMA))
                .isPresent();
        assertThat(DirectExpression.of(FilterExpression.check("l + 1 == 200", SCHEMA), SCHEMA))
                .isEmpty();
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.recursive(this::conditions, this::combined, 0, 4);
    }

    private Arbitrary<String> conditions() {
        Arbitrary<String> comparison = Arbitraries.of("==", "!=", "<", "<=", ">", ">=");
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of("l", "m", "0", "-1"), comparison, Arbitraries.of("l", "m", "1"))
                        .as((a, op, b) -> a + " " + op + " " + b),
                Combinators.combine(Arbitraries.of("d", "0.0"), comparison, Arbitraries.of("d", "1.5", "-0.0"))
                        .as((a, op, b) -> a + " " + op + " " + b),
                Combinators.combine(Arbitraries.of("s", "t"), comparison, Arbitraries.of("s", "t", "'ab'"))
                        .as((a, op, b) -> a + " " + op + " " + b),
                Combinators.combine(Arbitraries.of("startsWith", "endsWith", "contains"), Arbitraries.of("t", "'a'"))
                        .as((function, text) -> "s." + function + "(" + text + ")"),
                Arbitraries.of("b", "true", "false", "size(s) > 1", "l in [0, 1]", "l / m == 1"));
    }

    private Arbitrary<String> combined(Arbitrary<String> part) {
        return Arbitraries.oneOf(
                Combinators.combine(part, Arbitraries.of("&&", "||"), part)
                        .as((left, operator, right) -> "(" + left + " " + operator + " " + right + ")"),
                part.map(condition -> "!(" + condition + ")"));
    }

    @Provide
    Arbitrary<Object[]> records() {
        return Combinators.combine(
                        Arbitraries.of("", "a", "ab", "\ud83d\ude00").injectNull(0.2),
                        Arbitraries.of("a", "b").injectNull(0.2),
                        Arbitraries.of(-1L, 0L, 1L, Long.MAX_VALUE).injectNull(0.2),
                        Arbitraries.of(-1L, 0L, 1L).injectNull(0.2),
                        Arbitraries.of(-0.0, 0.0, 1.5, Double.MAX_VALUE).injectNull(0.2),
                        Arbitraries.of(true, false).injectNull(0.2))
                .as((s, t, l, m, d, b) -> new Object[] {s, t, l, m, d, b});
    }
}
