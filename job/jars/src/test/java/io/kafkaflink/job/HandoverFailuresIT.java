package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takeovers in which something goes wrong; the output is exact all the same. */
@RequiresKubeApi
class HandoverFailuresIT {
    private static final Uids OLD = new Uids("source-1", Map.of("main", "sink-main-1"));
    private static final Uids NEW = new Uids("source-2", Map.of("main", "sink-main-2"));

    private final KubeApi api;
    private final String namespace;
    private TestDeployment.World world;

    @TempDir
    Path folder;

    HandoverFailuresIT(KubeApi api, TestNamespace namespace) {
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
    @DisplayName("JobManager killed while armed, after the go, after the first checkpoint with the savepoint deleted")
    void jobManagerKilled() throws Exception {
        String name = "killed-handover";
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment old = running(name);
            TestDeployment next = TestDeployment.armed(world, name + "-b", NumberedLoad.pipeline(name, NEW), 2, old);
            Instant armed = next.awaitArmed().at();
            next.killJobManager();
            TestDeployment.waiting().until(() -> next.awaitArmed().at().isAfter(armed));
            assertThat(next.awaitArmed().verdict()).isEqualTo(ArmVerdict.Verdict.Fit);

            String savepoint = old.stopWithSavepoint();
            next.go(savepoint);
            GoResult result = next.awaitResult();
            assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
            assertThat(next.document(HandoverKeys.VERIFIED, Verification.class)).isEmpty();
            next.killJobManager();
            Verification verification = next.awaitVerified();
            assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
            old.close();

            delete(savepoint);
            next.killJobManager();
            next.awaitRunning();
            next.killJobManager();
            next.awaitRunning();
            assertThat(next.awaitResult()).isEqualTo(result);
            assertThat(next.awaitVerified()).isEqualTo(verification);
            load.finish(next);
        }
    }

    @Test
    @DisplayName(
            "A go for another job id, or beside a recovery path of the Flink operator, is nobody's; nor is a lost one")
    void goForSomebodyElse() throws Exception {
        String name = "fenced-handover";
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment old = running(name);
            TestDeployment next = TestDeployment.armed(world, name + "-b", NumberedLoad.pipeline(name, NEW), 2, old);
            next.awaitArmed();
            String savepoint = old.stopWithSavepoint();
            next.go(savepoint, "0123456789abcdef0123456789abcdef");
            assertIdle(next);
            Map<String, String> data = next.handover().lose();
            assertIdle(next);
            next.handover().write(Map.of(HandoverKeys.ORDER, data.get(HandoverKeys.ORDER)));
            next.awaitArmed();
            next.go(savepoint);
            GoResult result = next.awaitResult();
            assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
            assertThat(next.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
            old.close();

            // What the Flink operator does after a suspend: another job id, the path of the last savepoint.
            String later = next.stopWithSavepoint();
            next.close();
            TestDeployment resumed =
                    TestDeployment.start(world, name + "-b", NumberedLoad.pipeline(name, NEW), 2, Optional.of(later));
            assertThat(resumed.awaitResult())
                    .extracting(GoResult::outcome, GoResult::upgradeId, GoResult::savepoint)
                    .containsExactly(GoResult.Outcome.Started, null, later);
            resumed.awaitRunning();
            load.finish(resumed);
        }
    }

    @Test
    @DisplayName("A rollback resumes the old job when the new one completed no checkpoint; else that job's work counts")
    void comesBack() throws Exception {
        String name = "back-handover";
        JobConfiguration old = NumberedLoad.pipeline(name, OLD);
        JobConfiguration renewed = NumberedLoad.pipeline(name, NEW);
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment first = running(name);
            TestDeployment slow = TestDeployment.armed(
                    world, name + "-b", renewed, 2, first, Map.of("execution.checkpointing.interval", "1 h"));
            slow.awaitArmed();
            String savepoint = first.stopWithSavepoint();
            slow.go(savepoint);
            slow.awaitRunning();
            slow.close();
            first.close();
            TestDeployment resumed = TestDeployment.resumed(world, name + "-a", old, slow, savepoint);
            assertThat(resumed.awaitResult().outcome()).isEqualTo(GoResult.Outcome.Started);
            resumed.awaitRunning();

            TestDeployment counted = TestDeployment.armed(world, name + "-c", renewed, 2, resumed);
            counted.awaitArmed();
            String again = resumed.stopWithSavepoint();
            counted.go(again);
            assertThat(counted.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
            counted.close();
            resumed.close();
            TestDeployment refused = TestDeployment.resumed(world, name + "-a", old, counted, again);
            GoResult result = refused.awaitResult();
            assertThat(result.outcome()).isEqualTo(GoResult.Outcome.Refused);
            assertThat(result.reasons()).extracting(Reason::code).containsExactly("RepeatedOutput");
            refused.close();
            load.finish(TestDeployment.start(world, name + "-d", renewed, 2, Optional.of(result.newerState()))
                    .awaitRunning());
        }
    }

    private TestDeployment running(String name) throws IOException {
        TestDeployment first = TestDeployment.armed(world, name + "-a", NumberedLoad.pipeline(name, OLD), 2, null);
        first.awaitArmed();
        first.go(null);
        assertThat(first.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
        return first;
    }

    /** For three seconds, six times as long as a waiting job takes to notice an order. */
    private static void assertIdle(TestDeployment deployment) {
        await().ignoreExceptionsInstanceOf(FlinkRestException.class)
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> deployment.cluster().rest().jobs(), List::isEmpty);
    }

    private static void delete(String savepoint) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(URI.create(savepoint)))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
