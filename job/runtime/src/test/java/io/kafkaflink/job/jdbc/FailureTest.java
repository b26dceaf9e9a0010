package io.kafkaflink.job.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        ", PASSING",
        "0, PASSING",
        "08006, PASSING",
        "40001, PASSING",
        "40P01, PASSING",
        "53300, PASSING",
        "57P01, PASSING",
        "58030, PASSING",
        "25006, PASSING",
        "55P03, PASSING",
        "28P01, LOGIN",
        "28000, LOGIN",
        "3D000, NO_DATABASE",
        "42P01, NO_TABLE",
        "3F000, NO_TABLE",
        "42501, DENIED",
        "22001, VALUE",
        "23502, VALUE",
        "44000, VALUE",
        "P0001, VALUE",
        "42703, UNFIT",
        "42P10, UNFIT",
        "42804, UNFIT",
        "0A000, UNFIT"
    })
    void kinds(String state, Failure kind) {
        assertThat(Failure.of(new SQLException("no", state))).isEqualTo(kind);
    }

    @Test
    @DisplayName("several lines become one, without the place in the statement")
    void words() {
        SQLException failure = new SQLException("ERROR: no such column\n  Hint: perhaps page\n  Position: 21");

        assertThat(Failure.words(failure)).isEqualTo("ERROR: no such column; Hint: perhaps page");
        assertThat(Failure.words(new SQLException())).isEqualTo("null");
    }
}
