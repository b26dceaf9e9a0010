package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.EventTime;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.StoppingOffsets;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed job with an end, armed and told to go as the operator does it. */
@RequiresKubeApi
class BoundedHandoverIT {
    private static final String NAME = "backfill";

    private final KubeApi api;
    private final String namespace;
    private final TestKafka kafka = TestKafka.get();
    private TestDeployment.World world;

    @TempDir
    Path folder;

    BoundedHandoverIT(KubeApi api, TestNamespace namespace) {
        this.api = api;
        this.namespace = namespace.name();
    }

    @BeforeEach
    void open() {
        world = new TestDeployment.World(ProcessLedger.open(folder.resolve("ledgers")), api, namespace, folder);
    }

    @AfterEach
    void close() {
        world.ledger().close();
    }

    @Test
    @DisplayName("Taken over from with a partition read to its end, and finished with the records of the first start")
    void takesOverAndFinishes() throws Exception {
        kafka.createTopic(NAME + "-in", 3);
        kafka.createTopic(NAME + "-out", 1);
        kafka.produce(texts(0, 0, 10));
        TestDeployment next;
        try (KafkaProducer<byte[], byte[]> producer = kafka.transactional(NAME + "-open")) {
            producer.beginTransaction();
            texts(1, 10, 15).forEach(producer::send);
            producer.flush();
            TestDeployment first = TestDeployment.armed(world, NAME + "-a", pipeline("0"), 2, null);
            assertThat(first.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Fit);
            first.go(null);
            assertThat(first.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
            TestDeployment.waiting().until(() -> numbers().size() == 10);

            next = TestDeployment.armed(world, NAME + "-b", pipeline("1"), 2, first);
            ArmVerdict verdict = next.awaitArmed();
            assertThat(verdict.verdict()).as(verdict.toString()).isEqualTo(ArmVerdict.Verdict.Fit);
            next.go(first.stopWithSavepoint());
            GoResult result = next.awaitResult();
            assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
            assertThat(result.offsets().compared()).isEqualTo(1);
            Verification verification = next.awaitVerified();
            assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
            assertThat(verification.partitions()).isEqualTo(1);
            kafka.produce(texts(0, 100, 105));
            producer.commitTransaction();
        }

        TestDeployment.waiting()
                .until(() -> next.cluster().rest().job(next.jobId()).state(), "FINISHED"::equals);

        assertThat(numbers()).isEqualTo(TestKafka.range(0, 15));
    }

    /** @param allowance tells two configurations apart */
    private static JobConfiguration pipeline(String allowance) {
        return TestPipeline.of(
                NAME,
                TestPipeline.kafka(
                        NAME,
                        TestPipeline.TEXT,
                        TestPipeline.EARLIEST,
                        new StoppingOffsets(StoppingOffsets.Mode.Latest, null, null),
                        3),
                new EventTime(null, null, allowance + "s", null),
                List.of(),
                TestPipeline.sink(NAME, TestPipeline.TEXT, null, Delivery.Guarantee.ExactlyOnce));
    }

    private static List<ProducerRecord<byte[], byte[]>> texts(int partition, int from, int to) {
        return TestKafka.range(from, to).stream()
                .map(n -> new ProducerRecord<byte[], byte[]>(
                        NAME + "-in", partition, null, (NAME + " " + n).getBytes(UTF_8)))
                .toList();
    }

    private List<Integer> numbers() {
        return kafka.readCommitted(NAME + "-out").stream()
                .map(record -> new String(record.value(), UTF_8))
                .map(value -> Integer.valueOf(value.substring(value.lastIndexOf(' ') + 1)))
                .sorted()
                .toList();
    }
}
