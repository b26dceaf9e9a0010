package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.PartitionOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecificOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final Partitions PARTITIONS = new Partitions(Map.of(PARTITION, 10L), Map.of(PARTITION, 20L));

    @ParameterizedTest
    @CsvSource({"0, 10, ", "0, 20, ", "0, 9, 10 to 20", "0, 21, 10 to 20", "1, 15, no such partition"})
    @DisplayName("an offset that Kafka does not have is refused with those that it has")
    void outside(int partition, long offset, String expected) {
        List<Finding> found = SpecificOffsets.outside(
                List.of(new PartitionOffset("t", 0, 12L), new PartitionOffset("t", partition, offset)), PARTITIONS);

        assertThat(found).hasSize(expected == null ? 0 : 1).allSatisfy(finding -> {
            assertThat(finding.reason().code()).isEqualTo("OffsetOutOfRange");
            assertThat(finding.reason().message()).contains("found offset " + offset, expected);
        });
    }

    @Test
    void noneListed() {
        assertThat(SpecificOffsets.outside(null, PARTITIONS)).isEmpty();
    }
}
