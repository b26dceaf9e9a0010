package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private static Optional<Verification> verify(
            long firstStart, Map<TopicPartition, Long> read, int most, boolean last) {
        Expectation expectation = new Expectation(
                Orders.UPGRADE, 7, "source-2", SavepointOffsets.sorted(Map.of(FIRST, firstStart, SECOND, 20L)));
        return expectation.verify(Orders.JOB, 8, new SavepointOffsets(read, most), last, Orders.AT);
    }

    /** Second partition always at 20. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "read on, 10, 15, Verified",
        "nothing new, 10, 10, Verified",
        "read again, 10, 9, Failed",
        "would be read from the beginning, 10, -2, Failed",
        "never read and still not, -2, -2, Verified",
        "never read, -2, 0, Verified"
    })
    void compares(String name, long start, long now, Verification.Outcome outcome) {
        Verification verification =
                verify(start, Map.of(FIRST, now, SECOND, 20L), 1, false).orElseThrow();
        assertThat(verification.outcome()).isEqualTo(outcome);
        assertThat(verification.partitions()).isEqualTo(2);
        assertThat(verification.checkpointId()).isEqualTo(8);
        assertThat(verification.reasons())
                .extracting(Reason::code)
                .isEqualTo(
                        outcome == Verification.Outcome.Failed
                                ? java.util.List.of("OffsetBehindSavepoint")
                                : java.util.List.of());
    }

    @Test
    @DisplayName(
            "A checkpoint from before the source found its partitions is no verdict, unless it is the last to wait for")
    void missingPartitions() {
        assertThat(verify(10, Map.of(FIRST, 10L), 1, false)).isEmpty();
        Verification last = verify(10, Map.of(FIRST, 10L), 1, true).orElseThrow();
        assertThat(last.outcome()).isEqualTo(Verification.Outcome.Failed);
        assertThat(last.reasons())
                .extracting(Reason::message)
                .singleElement()
                .asString()
                .startsWith("Checkpoint 8 has no offset under source source-2 of t-1 and 0 more of 2 partitions");
    }

    @Test
    @DisplayName(
            "A partition that is missing because its end was reached keeps nobody waiting; the others are compared")
    void endedPartitions() {
        Expectation expectation = new Expectation(
                Orders.UPGRADE, 7, "source-2", SavepointOffsets.sorted(Map.of(FIRST, 10L, SECOND, 20L)), true, false);

        Verification verified = expectation
                .verify(Orders.JOB, 8, new SavepointOffsets(Map.of(SECOND, 21L), 1), false, Orders.AT)
                .orElseThrow();
        Verification behind = expectation
                .verify(Orders.JOB, 8, new SavepointOffsets(Map.of(SECOND, 19L), 1), false, Orders.AT)
                .orElseThrow();

        assertThat(verified.outcome()).isEqualTo(Verification.Outcome.Verified);
        assertThat(behind.reasons()).extracting(Reason::code).containsExactly("OffsetBehindSavepoint");
    }

    @Test
    @DisplayName("Two partitions in one subtask are right, but should be known")
    void sharedSubtask() {
        Verification verification =
                verify(10, Map.of(FIRST, 10L, SECOND, 20L), 2, false).orElseThrow();
        assertThat(verification.outcome()).isEqualTo(Verification.Outcome.Verified);
        assertThat(verification.splitsPerSubtaskMax()).isEqualTo(2);
        assertThat(verification.reasons()).extracting(Reason::code).containsExactly("SharedSubtask");
    }
}
