package io.kafkaflink.rehearsal.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kafkaflink.doubles.flink.FlinkOperator;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.PodFlink;
import io.kafkaflink.doubles.topic.BrokerTopics;
import io.kafkaflink.doubles.topic.TopicOperator;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.rehearsal.pipeline.TopicOwner.KafkaReference;
import io.kafkaflink.rehearsal.stage.ClusterStandIns;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code java -jar rehearsal.jar doubles}: the doubles of Strimzi's and Flink's operators, in a pod of a real cluster. */
@Command(
        name = "doubles",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "",
            "For a cluster without an image registry: installs the resource definitions of Strimzi and the Flink"
                    + " Kubernetes Operator, says where Kafka is, and stands in for both operators. Flink runs in real"
                    + " pods, started by Flink's own client.",
            ""
        })
public final class DoublesCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DoublesCommand.class);
    private static final int KAFKA_TIMEOUT_MILLIS = 10_000;

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT", description = "Of the Kafka.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-namespace",
            defaultValue = "kafka",
            description = "Of Kafka and KafkaTopics (default: ${DEFAULT-VALUE}).")
    private String kafkaNamespace;

    @Option(names = "--kafka-name", defaultValue = "events", description = "Of the Kafka (default: ${DEFAULT-VALUE}).")
    private String kafkaName;

    @Option(
            names = "--kafka-listener",
            defaultValue = "plain",
            description = "Its listener (default: ${DEFAULT-VALUE}).")
    private String kafkaListener;

    @Option(
            names = "--flink-home",
            defaultValue = "/opt/flink",
            description = "A Flink distribution (default: ${DEFAULT-VALUE}).")
    private Path flinkHome;

    @Option(
            names = "--stand-in-for",
            split = ",",
            paramLabel = "topics|flink",
            defaultValue = "topics,flink",
            description = "Strimzi's Topic Operator, the Flink Kubernetes Operator, or both (default: both).")
    private Set<Part> parts;

    @Option(names = "--work-dir", defaultValue = "/tmp/doubles", description = "Default: ${DEFAULT-VALUE}.")
    private Path workDir;

    /** What may be missing on a cluster. */
    private enum Part {
        topics,
        flink
    }

    @Override
    public Integer call() throws Exception {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            KubernetesClient client = opened(open, new KubernetesClientBuilder().build());
            if (parts.contains(Part.topics)) {
                standInForStrimzi(client, open);
            }
            if (parts.contains(Part.flink)) {
                standInForFlinkOperator(client, open);
            }
            LOG.info("Standing in for {}", parts);
            new CountDownLatch(1).await();
            return 0;
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }

    private void standInForStrimzi(KubernetesClient client, Deque<AutoCloseable> open) {
        ClusterStandIns.strimzi(client, new KafkaReference(kafkaName, kafkaNamespace, kafkaListener), bootstrapServers);
        BrokerTopics topics = opened(open, new BrokerTopics(bootstrapServers, KAFKA_TIMEOUT_MILLIS));
        opened(
                open,
                TopicOperator.start(
                        client, topics, TopicOperatorSettings.of(kafkaNamespace, kafkaName), Clock.systemUTC()));
    }

    private void standInForFlinkOperator(KubernetesClient client, Deque<AutoCloseable> open) {
        ClusterStandIns.flinkOperator(client);
        PodFlink flink = opened(open, new PodFlink(client, flinkHome, workDir));
        opened(
                open,
                FlinkOperator.start(
                        client,
                        Optional.empty(),
                        configMaps -> flink,
                        FlinkOperatorSettings.real(),
                        Clock.systemUTC()));
    }

    private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> open, T resource) {
        open.push(resource);
        return resource;
    }
}
