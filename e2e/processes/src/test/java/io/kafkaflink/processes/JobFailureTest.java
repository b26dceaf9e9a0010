package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobFailureTest {
    @Test
    void rootCauseIsTheInnermost() {
        String trace = """
                org.apache.flink.runtime.JobException: Recovery is suppressed
                \tat a.B.c(B.java:1)
                Caused by: java.io.IOException: outer
                \tat a.B.c(B.java:2)
                Caused by: java.lang.IllegalStateException: topic clicks, partition 3, offset 17
                \t... 3 more
                """;
        assertThat(new JobFailure("JobException", trace, 0, null).rootCause())
                .isEqualTo("java.lang.IllegalStateException: topic clicks, partition 3, offset 17");
        assertThat(new JobFailure("X", "X: alone\n\tat a.B", 0, null).rootCause())
                .isEqualTo("X: alone");
    }
}
