package io.kafkaflink.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.model.handover.Verification;
import io.kafkaflink.processes.ProcessLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pair of Flink and connector takes over from another, under load, each with its own jar and its own Flink. */
@RequiresKubeApi
class PairsIT {
    private static final Uids OLD = uids(1, 1);

    private final KubeApi api;
    private final String namespace;
    private TestDeployment.World world;

    @TempDir
    Path folder;

    PairsIT(KubeApi api, TestNamespace namespace) {
        this.api = api;
        this.namespace = namespace.name();
    }

    /** A deployment of a chain; the slots alternate. */
    private record Link(String line, String connector, Uids uids) {}

    private static Uids uids(int source, int sink) {
        return new Uids("source-" + source, Map.of("main", "sink-main-" + sink));
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
    @DisplayName(
            "Connector 3.3.0 to 3.4.0 with kept uids, then to Flink 2.2 and connector 5.0.0 with a new sink uid: exact")
    void connectorThenBoth() throws Exception {
        exact(
                "upwards",
                new Link("1.20", "3.3.0", OLD),
                new Link("1.20", "3.4.0", OLD),
                new Link("2.2", "5.0.0", uids(1, 2)));
    }

    @Test
    @DisplayName("Flink 1.20 and connector 3.4.0 to 2.2 and 5.0.0 with new source and sink uids: exact")
    void bothWithNewUids() throws Exception {
        exact("renewed", new Link("1.20", "3.4.0", OLD), new Link("2.2", "5.0.0", uids(2, 2)));
    }

    @Test
    @DisplayName("Flink 2.1 to 2.2 with kept uids: exact")
    void flinkOnly() throws Exception {
        exact("flink-only", new Link("2.1", "5.0.0", OLD), new Link("2.2", "5.0.0", OLD));
    }

    private void exact(String name, Link... links) throws Exception {
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment running = armed(name, "a", links[0], null);
            running.go(null);
            assertThat(running.awaitVerified().outcome()).isEqualTo(Verification.Outcome.Verified);
            for (int i = 1; i < links.length; i++) {
                running = takeOver(running, armed(name, i % 2 == 0 ? "a" : "b", links[i], running));
            }
            load.finish(running);
        }
    }

    private TestDeployment armed(String name, String slot, Link link, TestDeployment from) throws Exception {
        TestDeployment deployment = TestDeployment.armed(
                world,
                name + "-" + slot,
                NumberedLoad.pipeline(name, link.uids(), link.line(), link.connector()),
                2,
                from);
        ArmVerdict verdict = deployment.awaitArmed();
        assertThat(verdict.verdict()).as(verdict.toString()).isEqualTo(ArmVerdict.Verdict.Fit);
        assertThat(verdict.flinkVersion()).startsWith(link.line() + ".");
        assertThat(verdict.connectorVersion()).isEqualTo(link.connector() + "-" + link.line());
        return deployment;
    }

    private static TestDeployment takeOver(TestDeployment old, TestDeployment armed) {
        armed.go(old.stopWithSavepoint());
        GoResult result = armed.awaitResult();
        assertThat(result.outcome()).as(result.toString()).isEqualTo(GoResult.Outcome.Started);
        assertThat(result.offsets().compared()).isEqualTo(2);
        Verification verification = armed.awaitVerified();
        assertThat(verification.outcome()).as(verification.toString()).isEqualTo(Verification.Outcome.Verified);
        old.close();
        return armed;
    }

    @Test
    @DisplayName("Pooling beside a sink state of connector 3.x is found unfit before anything stops")
    void poolingWithAKeptSinkUid() throws Exception {
        String name = "pooled";
        try (NumberedLoad load = NumberedLoad.start(name)) {
            TestDeployment running = armed(name, "a", new Link("1.20", "3.4.0", OLD), null);
            running.go(null);
            running.awaitVerified();
            TestDeployment armed = TestDeployment.armed(
                    world, name + "-b", NumberedLoad.pipeline(name, OLD, "2.2", "5.0.0"), 2, running);
            ArmVerdict verdict = armed.awaitArmed();
            assertThat(verdict.verdict()).isEqualTo(ArmVerdict.Verdict.Unfit);
            assertThat(verdict.reasons()).extracting(Reason::code).isEqualTo(List.of("NamingNeedsNewUid"));
        }
    }
}
