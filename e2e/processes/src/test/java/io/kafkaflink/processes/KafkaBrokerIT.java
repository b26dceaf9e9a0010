package io.kafkaflink.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    @TempDir
    Path temp;

    private ProcessLedger ledger;
    private Path folder;

    @BeforeEach
    void open() {
        ledger = ProcessLedger.open(temp.resolve("ledgers"));
        folder = temp.resolve("a broker");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void keepsItsDataAndAddressOverStopAndKill() throws Exception {
        KafkaBroker broker = KafkaBroker.start(ledger, folder);
        String address = broker.bootstrapServers();
        createTopic(broker, "numbers");
        writeInTransaction(broker, "numbers", "1", "2");

        broker.stop();
        assertThat(broker.isAlive()).isFalse();
        broker.start();
        assertThat(broker.bootstrapServers()).isEqualTo(address);
        writeInTransaction(broker, "numbers", "3");
        assertThat(read(broker, "numbers", 3)).containsExactly("1", "2", "3");

        broker.kill();
        broker.start();
        assertThat(read(broker, "numbers", 3)).containsExactly("1", "2", "3");
        // "-Xmx256m" plus the JVM itself.
        assertThat(broker.process().residentBytes().orElseThrow()).isLessThan(450L << 20);
    }

    @Test
    void makesNoTopicByItselfAndTakesMoreSettings() throws Exception {
        KafkaBroker broker = KafkaBroker.start(ledger, folder, Map.of("message.max.bytes", "4242"));
        try (Admin admin = admin(broker)) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("nobody-made-me"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
        assertThat(Files.readString(folder.resolve("server.properties"))).contains("message.max.bytes=4242");
    }

    @Test
    void saysWhyItDidNotStart() {
        assertThatThrownBy(() -> KafkaBroker.start(ledger, folder, Map.of("num.io.threads", "none")))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("Invalid value none for configuration num.io.threads");
    }

    private static Admin admin(KafkaBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static void createTopic(KafkaBroker broker, String topic) throws Exception {
        try (Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private static void writeInTransaction(KafkaBroker broker, String topic, String... values) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value));
            }
            producer.commitTransaction();
        }
    }

    private static List<String> read(KafkaBroker broker, String topic, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> values.add(each.value()));
            }
        }
        return values;
    }
}
