package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.job.handover.KafkaChecks.Topic;
import io.kafkaflink.job.handover.KafkaChecks.Use;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaChecksTest {
    private static final Set<AclOperation> ALL = Set.of(AclOperation.values());
    private static final Set<AclOperation> READ = Set.of(AclOperation.READ, AclOperation.DESCRIBE);

    private static String summary(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.severity() + " " + finding.reason().code())
                .reduce((one, other) -> one + ", " + other)
                .orElse("-");
    }

    static Stream<Arguments> topics() {
        return Stream.of(
                Arguments.of("all there", new Fact.Known<>(new Topic(4, ALL)), "-"),
                Arguments.of("grown by somebody", new Fact.Known<>(new Topic(8, ALL)), "Unfit PartitionCount"),
                Arguments.of("no right to write", new Fact.Known<>(new Topic(4, READ)), "Unfit TopicDenied"),
                Arguments.of("not there", new Fact.Absent<Topic>(), "Unfit TopicMissing"),
                Arguments.of("hidden", new Fact.Denied<Topic>("not authorized"), "Unfit TopicDenied"),
                Arguments.of("no answer", new Fact.Unavailable<Topic>("timeout"), "Unknown TopicUnknown"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void topics(String name, Fact<Topic> fact, String expected) {
        Use use = new Use("out", Set.of(AclOperation.WRITE));
        assertThat(summary(KafkaChecks.topics(List.of(use), Map.of("out", fact), Map.of("out", 4))))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("A topic that is written partition by partition has at least those of the source")
    void mirrored() {
        Map<String, Fact<Topic>> topics =
                Map.of("small", new Fact.Known<>(new Topic(2, ALL)), "large", new Fact.Known<>(new Topic(5, ALL)));

        assertThat(KafkaChecks.mirrored(4, List.of("large", "small", "unseen"), topics))
                .singleElement()
                .satisfies(finding -> assertThat(finding.reason().message())
                        .isEqualTo("Topic small: found 2 partitions, expected at least the 4 of the source for"
                                + " partitioner SourcePartition; grow it, or choose another partitioner"));
        assertThat(KafkaChecks.mirrored(2, List.of("large", "small"), topics)).isEmpty();
    }

    @Test
    @DisplayName("A topic of unknown size only has to exist")
    void anySize() {
        Use use = new Use("in", Set.of(AclOperation.READ));
        assertThat(KafkaChecks.topics(List.of(use), Map.of("in", new Fact.Known<>(new Topic(9, READ))), Map.of()))
                .isEmpty();
    }

    @Test
    @DisplayName("Committed offsets at a first start are somebody's, until they are given up")
    void formerReader() {
        Fact<Map<TopicPartition, Long>> offsets = new Fact.Known<>(Map.of(new TopicPartition("in", 0), 7L));
        Acknowledgement given = new Acknowledgement("FreshStart", "g");
        List<Finding> found = KafkaChecks.formerReader("g", offsets, List.of());

        assertThat(summary(found)).isEqualTo("Unfit StateFound");
        assertThat(found.get(0).reason().acknowledge()).isEqualTo(given);
        assertThat(summary(KafkaChecks.formerReader("g", offsets, List.of(given))))
                .isEqualTo("Fit StateFound");
        assertThat(KafkaChecks.formerReader("g", new Fact.Known<>(Map.of()), List.of()))
                .isEmpty();
        assertThat(KafkaChecks.formerReader("g", new Fact.Unavailable<>("slow"), List.of()))
                .isEmpty();
    }

    @Test
    void brokers() {
        assertThat(KafkaChecks.brokers("broker:9092", new Fact.Known<>(3))).isEmpty();
        assertThat(KafkaChecks.brokers("broker:9092", new Fact.Unavailable<>("no answer within 20 s")))
                .extracting(finding -> finding.reason().message())
                .containsExactly("Kafka at broker:9092 cannot be used: no answer within 20 s. Check bootstrap servers,"
                        + " listener, certificates and user");
    }

    @Test
    @DisplayName("Without Read on the group commits would vanish silently")
    void group() {
        Fact<Map<TopicPartition, Long>> offsets = new Fact.Known<>(Map.of());
        assertThat(KafkaChecks.group("g", new Fact.Absent<>(), offsets)).isEmpty();
        assertThat(KafkaChecks.group("g", new Fact.Known<>(READ), offsets)).isEmpty();
        assertThat(summary(KafkaChecks.group("g", new Fact.Known<>(Set.of(AclOperation.DESCRIBE)), offsets)))
                .isEqualTo("Unfit GroupDenied");
        assertThat(summary(KafkaChecks.group("g", new Fact.Denied<>("no"), new Fact.Denied<>("no"))))
                .isEqualTo("Unfit GroupDenied");
        assertThat(summary(KafkaChecks.group("g", new Fact.Absent<>(), new Fact.Unavailable<>("slow"))))
                .isEqualTo("Unknown GroupUnknown");
    }

    @Test
    void transactionalIds() {
        assertThat(KafkaChecks.transactionalIds(Map.of("a.", new Fact.Absent<>())))
                .isEmpty();
        assertThat(summary(KafkaChecks.transactionalIds(Map.of("a.", new Fact.Denied<>("no")))))
                .isEqualTo("Unfit TransactionalIdDenied");
        assertThat(summary(KafkaChecks.transactionalIds(Map.of("a.", new Fact.Unavailable<>("old broker")))))
                .isEqualTo("Unknown TransactionalIdUnknown");
    }

    /** Checkpoint interval 10 s, checkpoint timeout 3 min, planned downtime 5 min: 490 s are needed. */
    @ParameterizedTest
    @CsvSource({
        "15m, 900, -",
        "490s, 900, -",
        "489s, 900, Unfit TransactionTimeoutTooShort",
        "901s, 900, Unfit TransactionTimeoutAboveBroker",
        "15m, , Unknown TransactionTimeoutUnknown"
    })
    void transactionTimeouts(String timeout, Integer brokerSeconds, String expected) {
        TransactionChecks checks = new TransactionChecks(
                Map.of("main", timeout), Duration.ofSeconds(10), Duration.ofMinutes(3), 0, Duration.ofMinutes(5));
        Fact<Duration> maximum = brokerSeconds == null
                ? new Fact.Denied<>("Cluster authorization failed.")
                : new Fact.Known<>(Duration.ofSeconds(brokerSeconds));
        assertThat(summary(checks.findings(maximum))).isEqualTo(expected);
    }

    @Test
    @DisplayName("A transaction outlives every checkpoint that may fail")
    void toleratedFailures() {
        TransactionChecks checks = new TransactionChecks(
                Map.of("main", "15m"), Duration.ofSeconds(10), Duration.ofMinutes(3), 3, Duration.ofMinutes(5));
        Finding finding =
                checks.findings(new Fact.Known<>(Duration.ofMinutes(15))).get(0);
        assertThat(finding.severity()).isEqualTo(Verdict.Unfit);
        assertThat(finding.reason().message()).contains("expected at least 1060s", "4 times for 3 tolerated failures");
    }

    @Test
    void nothingToTimeOut() {
        TransactionChecks none = new TransactionChecks(Map.of(), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
        assertThat(none.findings(new Fact.Denied<>("no"))).isEmpty();
    }

    @Test
    @DisplayName("The worst finding decides and stands first")
    void worst() {
        List<Finding> findings =
                List.of(Finding.note("A", ""), Finding.unfit("B", ""), Finding.unknown("C", ""), Finding.note("D", ""));
        assertThat(Finding.worst(findings)).isEqualTo(Verdict.Unfit);
        assertThat(Finding.reasons(findings))
                .extracting(reason -> reason.code())
                .containsExactly("B", "C", "A", "D");
        assertThat(Finding.worst(List.of())).isEqualTo(Verdict.Fit);
    }
}
