package io.kafkaflink.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.JobRefused;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.Partitioning;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.junit.jupiter.api.Test;

class KafkaPropertiesTest {
    private static final JobConfiguration CONFIGURATION = configuration(null);

    private static JobConfiguration configuration(JobConfiguration.SourceClient client) {
        return new JobConfiguration(
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
                                new Format(Format.Text.UTF_8, null),
                                IsolationLevel.ReadUncommitted,
                                "2m",
                                null,
                                null,
                                null,
                                client),
                        null),
                null,
                List.of(),
                List.of(),
                new JobConfiguration.Uids("source-4", Map.of()));
    }

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
    void theSourceMayHaveAnotherClientIdAndNoClientMetrics() {
        JobConfiguration own = configuration(new JobConfiguration.SourceClient("reader", null, false));
        assertThat(KafkaSources.clientIdPrefix(own)).isEqualTo("reader");
        assertThat(KafkaSources.properties(own)).containsEntry("register.consumer.metrics", "false");
    }

    @Test
    void theSinkAlwaysSetsTheTransactionTimeout() {
        assertThat(KafkaSinks.properties(CONFIGURATION.kafka(), sink(null, null)))
                .containsOnly(
                        Map.entry("request.timeout.ms", "5"),
                        Map.entry("acks", "all"),
                        Map.entry("transaction.timeout.ms", "600000"));
    }

    @Test
    void theProducerMakesThePartitioner() {
        assertThat(KafkaSinks.properties(
                        CONFIGURATION.kafka(), sink(Partitioning.Custom, RoundRobinPartitioner.class.getName())))
                .containsEntry("partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner");
    }

    @Test
    void aClassThatIsNoPartitionerIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() ->
                        KafkaSinks.properties(CONFIGURATION.kafka(), sink(Partitioning.Custom, "com.example.Nowhere")))
                .isInstanceOf(JobRefused.class)
                .hasMessageContaining("com.example.Nowhere cannot be loaded")
                .hasMessageContaining("put its jar into /opt/flink/usrlib of the image");
        assertThatThrownBy(() ->
                        KafkaSinks.properties(CONFIGURATION.kafka(), sink(Partitioning.Custom, "java.lang.String")))
                .isInstanceOf(JobRefused.class)
                .hasMessage("partitionerClass: found java.lang.String, which does not implement"
                        + " org.apache.kafka.clients.producer.Partitioner; name one that does");
    }

    private static KafkaSink sink(Partitioning partitioner, String partitionerClass) {
        return new KafkaSink(
                "out",
                null,
                null,
                new Delivery(Delivery.Guarantee.AtLeastOnce, null, "10m"),
                null,
                null,
                null,
                null,
                null,
                null,
                partitioner,
                partitionerClass,
                null);
    }
}
