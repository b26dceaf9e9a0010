package io.kafkaflink.rehearsal.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.processes.KafkaBroker;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.check.NumberedCheck;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sending and reading with a real broker, over the growth of a topic. */
class TrafficIT {
    private static ProcessLedger ledger;
    private static KafkaBroker broker;
    private static Admin admin;

    private final List<ConsumerRecord<String, String>> read = new ArrayList<>();

    @BeforeAll
    static void startBroker() {
        ledger = ProcessLedger.open();
        broker = KafkaBroker.start(ledger, ledger.createFolder("kafka"));
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        ledger.close();
    }

    private static void topic(String name) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(name, 2, (short) 1))).all().get();
    }

    private static void grow(String name) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(name, NewPartitions.increaseTo(4))).all().get();
    }

    private CommittedReader reader(String topic) {
        return new CommittedReader(broker.bootstrapServers(), topic, record -> {
            synchronized (read) {
                read.add(record);
            }
        });
    }

    @Test
    @DisplayName("the replay knows what each partition holds, and closes every partition, new ones too")
    void replay() throws Exception {
        topic("clicks");
        Shape shape =
                PipelineFile.read(Path.of("../k8s/examples/clickstream.yaml")).shape();
        InputFile input = InputFile.bundled();
        List<InputRecord> sent;
        try (CommittedReader reader = reader("clicks");
                EventReplay replay = new EventReplay(broker.bootstrapServers(), shape, input.events(), 100)) {
            await().until(() -> replay.progress() > 50);
            grow("clicks");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> replay.partitions("clicks") == 4 && replay.progress() < 450);
            replay.useNewPartitions();
            replay.finish(Duration.ofSeconds(30));
            sent = replay.sent();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> reader.progress() == input.events().size() + 4);
        }

        Map<Integer, List<Row>> held = new TreeMap<>();
        Map<Integer, List<Row>> expected = new TreeMap<>();
        Map<Integer, Long> last = new TreeMap<>();
        for (ConsumerRecord<String, String> record : read) {
            Row row = SinkOutput.json(record.value());
            held.computeIfAbsent(record.partition(), unseen -> new ArrayList<>())
                    .add(row);
            last.put(record.partition(), (Long) row.get("timestamp"));
        }
        held.values().forEach(rows -> rows.remove(rows.size() - 1));
        sent.forEach(record -> expected.computeIfAbsent(record.partition(), unseen -> new ArrayList<>())
                .add(record.row()));
        long newest = sent.stream().mapToLong(InputRecord::eventTime).max().orElseThrow();
        assertThat(held).isEqualTo(expected).hasSize(4);
        assertThat(last.values()).allSatisfy(time -> assertThat(time)
                .isGreaterThan(newest + Duration.ofDays(1).toMillis()));
        assertThat(sent)
                .filteredOn(record -> record.newestBefore() == InputRecord.NONE)
                .hasSize(4);
    }

    @Test
    @DisplayName("numbered keys stay in their partition while the topic grows, and none is missing")
    void numbered() throws Exception {
        topic("numbers");
        Map<String, Integer> sent;
        try (CommittedReader reader = reader("numbers");
                NumberedLoad load = new NumberedLoad(broker.bootstrapServers(), "numbers", 300)) {
            await().until(() -> load.progress() > 100);
            grow("numbers");
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                synchronized (read) {
                    return read.stream().anyMatch(record -> record.partition() == 3);
                }
            });
            sent = load.stop();
            long all = sent.values().stream().mapToLong(Integer::longValue).sum();
            await().atMost(Duration.ofSeconds(20)).until(() -> reader.progress() == all && reader.atEnd());
        }

        NumberedCheck check = new NumberedCheck();
        Map<String, Integer> partitions = new TreeMap<>();
        for (ConsumerRecord<String, String> record : read) {
            assertThat(partitions.merge(record.key(), record.partition(), (one, other) -> one))
                    .isEqualTo(record.partition());
            int number = Integer.parseInt(record.value().replaceAll(".*\"n\":(\\d+).*", "$1"));
            check.saw(record.key(), number, number + 1L);
        }
        assertThat(check.verdict(sent).faults()).isEmpty();
        assertThat(partitions.values()).containsOnly(0, 1, 2, 3);
    }

    @Test
    @DisplayName("records of open and aborted transactions are not read")
    void committedOnly() throws Exception {
        topic("transactions");
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, "traffic-it",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName(),
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        try (SinkOutput output =
                        new SinkOutput(broker.bootstrapServers(), "transactions", new Shape.Format.Json(Map.of()));
                KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", 0, "k", "{\"aborted\":true}"))
                    .get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", 0, "k", "{\"committed\":1}"))
                    .get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("transactions", 0, "k", "{\"open\":true}"))
                    .get();

            await().atMost(Duration.ofSeconds(20)).until(() -> !output.rows().isEmpty() && output.atEnd());

            assertThat(output.rows()).singleElement().satisfies(row -> assertThat(row.get("committed"))
                    .isEqualTo(1L));
            producer.abortTransaction();
        }
    }
}
