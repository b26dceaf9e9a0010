package io.kafkaflink.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorIdsTest {
    /** As found in savepoints of Flink 1.20.3 and 2.2.1. */
    @ParameterizedTest
    @CsvSource({
        "source-1, f0bd8a29f4afd2e5cc43b41a168f6ab5",
        "sink-1, ef00859f8106a0a0d1262e192bb2ad94",
        "Sink Committer: sink-1, ffde3600f136ea7db288f9455f788520",
        "source-2, 6114798cb37f77b8fc85c47b03bf4f81",
        "sink-2, b4eceedb9b87903b8fe32629e3c73752",
        "Sink Committer: sink-2, 822201f8339038e2119fc1cbcfbcb05a"
    })
    void hashesAUidAsFlinkDoes(String uid, String id) {
        assertThat(OperatorIds.of(uid)).isEqualTo(id);
    }
}
