package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobOptionsTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void readsAllOptions() {
        assertThat(JobOptions.parse("--config-hash", HASH, "--mode", "plan", "--config", "/a b/c.yaml"))
                .isEqualTo(new JobOptions(Path.of("/a b/c.yaml"), HASH, JobOptions.Mode.PLAN));
        assertThat(JobOptions.parse("--config", "c", "--config-hash", HASH).mode())
                .isEqualTo(JobOptions.Mode.RUN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                    | Argument --config is missing
            --config c                            | Argument --config-hash is missing
            --config c --config-hash              | Argument --config-hash has no value
            --config c --config d                 | Argument --config is given twice
            --conf c                              | Argument '--conf' is unknown
            --config c --config-hash ABC          | Argument --config-hash: found 'ABC', expected 64 lower-case hex digits
            --config c --config-hash H --mode RUN | Argument --mode: found 'RUN', expected run or plan
            """)
    void refusesInOneLine(String line, String message) {
        String[] arguments = line.isEmpty()
                ? new String[0]
                : line.replace("H", line.contains("RUN") ? HASH : "H").split(" ");
        assertThatThrownBy(() -> JobOptions.parse(arguments))
                .isInstanceOf(JobRefused.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }
}
