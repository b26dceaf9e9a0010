package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.StartingOffsets.ResetStrategy;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.GoResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topic t, whose partition p is described by the p-th number; a dash is a partition without one. */
class OffsetChecksTest {

    private static Map<TopicPartition, Long> offsets(String numbers) {
        List<String> each = Arrays.asList(numbers.trim().split(" +"));
        return IntStream.range(0, each.size())
                .filter(i -> !each.get(i).equals("-"))
                .boxed()
                .collect(Collectors.toMap(i -> new TopicPartition("t", i), i -> Long.parseLong(each.get(i))));
    }

    private static OffsetChecks checks(
            String saved, String group, String beginnings, String ends, ResetStrategy reset) {
        return new OffsetChecks(
                new SavepointOffsets(offsets(saved), 1), offsets(group), offsets(beginnings), offsets(ends), reset);
    }

    private static OffsetChecks checks(String saved, String group, String beginnings, String ends) {
        return checks(saved, group, beginnings, ends, ResetStrategy.Earliest);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            numbers are kept                        | 5 7   | 5 7 | 0 0   | 9 9   | Earliest | 5 7
            earliest is the beginning               | -2 7  | 5 7 | 3 0   | 9 9   | Earliest | 3 7
            committed is the group's                | -3 7  | 5 7 | 3 0   | 9 9   | Latest   | 5 7
            committed without commit, from earliest | -3 7  | - 7 | 3 0   | 9 9   | Earliest | 3 7
            committed without commit, from latest   | -3 7  | - 7 | 3 0   | 9 9   | Latest   | - 7
            latest is not known any more            | -1 7  | 5 7 | 3 0   | 9 9   | Earliest | - 7
            a partition added while stopped         | 5     | 5   | 0 4   | 9 9   | Earliest | 5 4
            """)
    void effective(
            String name, String saved, String group, String begin, String end, ResetStrategy reset, String starts) {
        assertThat(checks(saved, group, begin, end, reset).effective()).isEqualTo(offsets(starts));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            BY_TOPIC | 5 | 5 - | 5 4
            FOUND    | 5 | 5 - | 5 4
            FOUND    | 5 | 5 6 | 5 6
            LISTED   | 5 | 5 6 | 5 -
            """)
    @DisplayName("A partition that the savepoint does not know")
    void unknown(UnknownPartition unknown, String saved, String group, String starts) {
        OffsetChecks checks = new OffsetChecks(
                new SavepointOffsets(offsets(saved), 1),
                offsets(group),
                offsets("0 4"),
                offsets("9 9"),
                ResetStrategy.Earliest,
                unknown);

        assertThat(checks.effective()).isEqualTo(offsets(starts));
        assertThat(checks.groupAhead()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"BY_TOPIC, PartitionMissing", "FOUND, PartitionMissing", "LISTED, "})
    @DisplayName("A partition of the savepoint that is not read any more is missing, unless a list leaves it out")
    void leftOut(UnknownPartition unknown, String code) {
        OffsetChecks checks = new OffsetChecks(
                new SavepointOffsets(offsets("5 7"), 1),
                offsets("5 7"),
                offsets("0"),
                offsets("9"),
                ResetStrategy.Earliest,
                unknown);

        assertThat(checks.findings(List.of(), List.of()))
                .extracting(finding -> finding.reason().code())
                .containsExactlyElementsOf(code == null ? List.of() : List.of(code));
    }

    @Test
    @DisplayName("Partitions of a topic that the savepoint does not know start as configured")
    void addedTopic() {
        Map<TopicPartition, Long> beginnings = new HashMap<>(offsets("0"));
        beginnings.put(new TopicPartition("added", 0), 0L);
        OffsetChecks checks = new OffsetChecks(
                new SavepointOffsets(offsets("5"), 1), offsets("5"), beginnings, beginnings, ResetStrategy.Earliest);
        assertThat(checks.effective()).isEqualTo(offsets("5"));
        assertThat(checks.least())
                .containsEntry(new TopicPartition("added", 0), -2L)
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            all well                       | 5 7  | 5 7  | 0 0 | 9 9 | 0 | -
            the group lags                 | 5 7  | 2 7  | 0 0 | 9 9 | 1 | -
            never committed                | 5 7  | - -  | 0 0 | 9 9 | 2 | -
            nothing in the topic           | 0 0  | - -  | 0 0 | 0 0 | 2 | -
            at the very ends               | 0 9  | 0 9  | 0 0 | 9 9 | 0 | -
            the group steps over a marker  | 5 7  | 6 7  | 0 0 | 9 9 | 0 | -
            records were deleted           | 5 7  | 5 7  | 6 0 | 9 9 | 0 | RecordsExpired
            the topic is shorter           | 5 7  | 5 7  | 0 0 | 9 6 | 0 | TopicTruncated
            a partition is missing         | 5 7  | 5 7  | 0   | 9   | 0 | PartitionMissing
            unread, from the end           | -1 7 | - 7  | 0 0 | 9 9 | 0 | UnreadPartition
            """)
    void findings(String name, String saved, String group, String begin, String end, int repairs, String code) {
        OffsetChecks checks = checks(saved, group, begin, end);
        assertThat(checks.repairs()).hasSize(repairs);
        List<Finding> findings = checks.findings(Set.of(), List.of());
        if (code.equals("-")) {
            assertThat(findings).isEmpty();
        } else {
            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.severity()).isEqualTo(Verdict.Unfit);
                assertThat(finding.reason().code()).isEqualTo(code);
                assertThat(finding.reason().message()).startsWith("Topic t, partition ");
            });
        }
    }

    @Test
    @DisplayName("A group offset beyond records is a foreign consumer, or a job that still runs")
    void groupMoved() {
        OffsetChecks checks = checks("5 7", "8 7", "0 0", "9 9");
        assertThat(checks.groupAhead()).isEqualTo(offsets("5"));
        Finding finding =
                checks.findings(Set.of(new TopicPartition("t", 0)), List.of()).get(0);
        assertThat(finding.reason().code()).isEqualTo("GroupMoved");
        assertThat(finding.reason().message())
                .startsWith("Topic t, partition 0, offset 8 has a committed offset beyond");
    }

    @Test
    @DisplayName("An acknowledgement covers the very records it was given for, not others")
    void acknowledged() {
        OffsetChecks checks = checks("5 7", "5 7", "6 0", "9 9");
        Acknowledgement needed =
                checks.findings(Set.of(), List.of()).get(0).reason().acknowledge();
        assertThat(needed.risk()).isEqualTo("RecordsExpired");
        assertThat(needed.value()).matches("t 1 [0-9a-f]{8}");
        assertThat(checks.findings(Set.of(), List.of(needed)).get(0).severity()).isEqualTo(Verdict.Fit);
        assertThat(checks("4 7", "5 7", "6 0", "9 9")
                        .findings(Set.of(), List.of(needed))
                        .get(0)
                        .severity())
                .isEqualTo(Verdict.Unfit);
    }

    @Test
    @DisplayName("The report counts 720 partitions, shows the first 20 deviations and names the whole by a digest")
    void report() {
        String saved = IntStream.range(0, 720).mapToObj(i -> "1000").collect(Collectors.joining(" "));
        String group = IntStream.range(0, 720).mapToObj(i -> "9" + i).collect(Collectors.joining(" "));
        OffsetChecks checks = checks(saved, group, group, saved);
        GoResult.Offsets report = checks.report(720);
        assertThat(report.partitions()).isEqualTo(720);
        assertThat(report.compared()).isEqualTo(720);
        assertThat(report.deviations()).hasSize(20).first().isEqualTo(new GoResult.Deviation("t", 0, 1000, 90L));
        assertThat(report.digest()).matches("[0-9a-f]{64}");
        assertThat(checks(saved.replaceFirst("1000", "1001"), group, group, saved)
                        .report(0)
                        .digest())
                .isNotEqualTo(report.digest());
    }
}
