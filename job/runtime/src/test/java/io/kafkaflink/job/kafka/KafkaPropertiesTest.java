package io.kafkaflink.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {
    private static final JobConfiguration CONFIGURATION = new JobConfiguration(
            1,
            "shop",
            "clicks",
            "v2_2",
            "5.0.0",
            new JobConfiguration.KafkaConnection("broker:9092", Map.of("request.timeout.ms", "5")),
            new JobConfiguration.Source(
                    new JobConfiguration.KafkaSource(
                            List.of("clicks"),
                            "g",
                            null,
                            new Format(new Format.Text(), null),
                            IsolationLevel.ReadUncommitted,
                            "2m",
                            null,
                            null),
                    null),
            null,
            List.of(),
            List.of(),
            new JobConfiguration.Uids("source-4", Map.of()));

    @Test
    void theSourceSetsWhatDiffersByConnector() {
        assertThat(KafkaSources.properties(CONFIGURATION))
                .containsOnly(
                        Map.entry("request.timeout.ms", "5"),
                        Map.entry("isolation.level", "read_uncommitted"),
                        Map.entry("partition.discovery.interval.ms", "120000"),
                        Map.entry("commit.offsets.on.checkpoint", "true"),
                        Map.entry("enable.auto.commit", "false"));
        assertThat(KafkaSources.clientIdPrefix(CONFIGURATION)).isEqualTo("shop.clicks.source-4");
    }

    @Test
    void theSinkAlwaysSetsTheTransactionTimeout() {
        assertThat(KafkaSinks.properties(
                        CONFIGURATION.kafka(), new Delivery(Delivery.Guarantee.AtLeastOnce, null, "10m")))
                .containsOnly(
                        Map.entry("request.timeout.ms", "5"),
                        Map.entry("acks", "all"),
                        Map.entry("transaction.timeout.ms", "600000"));
    }
}
