package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterExpressionTest {
    private static final RecordSchema SCHEMA = new RecordSchema(List.of(
            new Field("page", FieldType.String),
            new Field("status", FieldType.Long),
            new Field("price", FieldType.Double),
            new Field("bot", FieldType.Boolean),
            new Field("absent", FieldType.Long)));

    private static final Object[] RECORD = {"/a/b.html", 200L, 2.5, false, null};

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            true                                     => true
            bot                                      => false
            status == 200 && !bot                    => true
            status >= 400 || price > 3.0             => false
            page.startsWith('/a') && size(page) == 9 => true
            page.matches('^/[a-z]/.*html$')          => true
            page in ['/x', '/a/b.html']              => true
            double(status) / price == 80.0           => true
            absent > 0                               => false
            !(absent > 0)                            => false
            absent > 0 || status == 200              => true
            status / (status - 200) == 1             => false
            status + 9223372036854775807 > 0         => false
            """)
    void decides(String expression, boolean passes) throws Exception {
        assertThat(FilterExpression.compile(expression, SCHEMA).test(position -> RECORD[position]))
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            status ==                     => line 1, column 10: mismatched input '<EOF>'
            stat == 200                   => line 1, column 1: undeclared reference to 'stat'
            status                        => line 1, column 1: expected type 'bool' but found 'int'
            status == '200'               => line 1, column 8: found no matching overload for '_==_' applied to '(int, string)'
            page.reverse() == 'x'         => line 1, column 13: undeclared reference to 'reverse'
            """)
    void refuses(String expression, String message) {
        assertThatThrownBy(() -> FilterExpression.compile(expression, SCHEMA))
                .isInstanceOf(FilterExpression.InvalidExpression.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void boundsWhatOneRecordCosts() throws Exception {
        String list = "[0,1,2,3,4,5,6,7,8,9]";
        StringBuilder expression = new StringBuilder("status == 0");
        for (String variable : List.of("a", "b", "c", "d", "e", "f")) {
            expression.insert(0, list + ".exists(" + variable + ", ").append(")");
        }
        assertThat(FilterExpression.compile(expression.toString(), SCHEMA).test(position -> RECORD[position]))
                .as("10^6 iterations are cut off and count as not evaluable")
                .isFalse();
    }

    @Test
    void refusesAbsurdNesting() {
        String expression = "(".repeat(900) + "true" + ")".repeat(900);
        assertThatThrownBy(() -> FilterExpression.compile(expression, SCHEMA))
                .isInstanceOf(FilterExpression.InvalidExpression.class);
    }
}
