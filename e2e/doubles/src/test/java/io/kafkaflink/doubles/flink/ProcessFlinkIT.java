package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.doubles.recording.RecordingFiles;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.processes.TestJob;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The double with real Flink processes: the job counts and restarts for ever when a number is missing or comes twice, so
 * RUNNING means that state was carried over exactly.
 */
@RequiresKubeApi
class ProcessFlinkIT {

    @TempDir
    Path folder;

    private final FlinkRows rows = new FlinkRows();
    private DeployedFlink deployed;
    private DeploymentKey key;
    private ProcessLedger ledger;
    private ProcessFlink flink;
    private FlinkOperator operator;

    @BeforeEach
    void start(KubeApi api, TestNamespace own) throws Exception {
        ForeignCrds.find().install(api.client(), true);
        KubernetesClient client = api.client();
        deployed = new DeployedFlink(client, own.name(), "numbers-a");
        key = new DeploymentKey(own.name(), "numbers-a");
        Path jar = TestJob.jar("MountedJob", "flink-2.2", folder.resolve("job"));
        ledger = ProcessLedger.open(folder.resolve("ledgers"));
        Path kubeconfig = api.kubeconfigFile();
        flink = new ProcessFlink(
                client,
                ledger,
                ProcessFlinkSettings.of(
                        folder.resolve("flink processes"),
                        Map.of("example.org/job:1", new FlinkImage("flink-2.2", "2.2.1", jar)),
                        (namespace, account) -> kubeconfig));
        operator = FlinkOperator.start(
                client,
                Optional.of(own.name()),
                configMaps -> flink,
                FlinkOperatorSettings.rehearsal(),
                Clock.systemUTC());
        orders(client, own.name(), "count", "count");
        orders(client, own.name(), "throw", "throw in main");
        deployed.resource().watch(new RowWatcher());
        client.resource(manifest(own.name())).serverSideApply();
    }

    @AfterEach
    void stop() {
        operator.close();
        flink.close();
        ledger.close();
        assertThat(operator.notRecorded()).isEmpty();
    }

    @Test
    @DisplayName("deploy, upgrade, kill the JobManager, throw in main, roll back, suspend, resume, delete")
    void life() {
        waiting().untilAsserted(() -> assertThat(deployed.brief()).startsWith("1/1 STABLE RUNNING READY"));
        waiting().untilAsserted(() -> assertThat(deployed.checkpointIds()).isNotEmpty());
        String first = deployed.status().job().jobId().orElseThrow();

        deployed.patch("{'spec':{'flinkConfiguration':{'pipeline.name':'again'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("2/2 STABLE RUNNING READY running/savepoint"));
        assertThat(deployed.haConfigMap(first)).isEmpty();
        String savepoint = deployed.status().job().upgradeSavepointPath().orElseThrow();
        assertThat(deployed.upgradeSnapshots()).singleElement().satisfies(snapshot -> assertThat(snapshot.path())
                .contains(savepoint));

        assertOrderIsTheRecordedOne();

        long before = newestCheckpoint();
        flink.cluster(key).orElseThrow().jobManager().kill();
        waiting().untilAsserted(() -> assertThat(deployed.status().jobManager()).isEqualTo(JobManagerStatus.DEPLOYING));
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("2/2 STABLE RUNNING READY running/savepoint"));
        waiting().untilAsserted(() -> assertThat(newestCheckpoint()).isGreaterThan(before));

        mount("throw");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("3/3 FAILED FAILED READY running/savepoint"));
        assertThat(deployed.status().error().orElseThrow()).contains("told to throw in main");
        String pinned = deployed.status().job().upgradeSavepointPath().orElseThrow();
        deployed.patch("{'spec':{'job':{'savepointRedeployNonce':1,'initialSavepointPath':'" + pinned + "'},"
                + "'podTemplate':{'spec':{'volumes':[{'name':'orders','configMap':{'name':'count'}}]}}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("4/4 STABLE RUNNING READY running/savepoint"));

        deployed.patch("{'spec':{'job':{'state':'suspended'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("5/5 SUSPENDED FINISHED READY suspended/savepoint"));
        deployed.patch("{'spec':{'job':{'state':'running'}}}");
        waiting().untilAsserted(() -> assertThat(deployed.brief())
                .isEqualTo("6/6 STABLE RUNNING READY running/savepoint"));

        deployed.resource().delete();
        waiting().until(() -> deployed.resource().get() == null);
        assertThat(flink.cluster(key)).isEmpty();
        assertThat(deployed.upgradeSnapshots())
                .hasSize(4)
                .allMatch(snapshot ->
                        Files.isDirectory(Path.of(URI.create(snapshot.path().orElseThrow()))));
    }

    /** First deploy and upgrade as in sequences 01 and 02; missing tasks may show in between, as in 14c and 34. */
    private void assertOrderIsTheRecordedOne() {
        String healthy = " DEPLOYED_NOT_READY running/%s id=%s F/Reconciling ";
        waiting().untilAsserted(() -> assertThat(seen())
                .last()
                .isEqualTo("2/2 STABLE RUNNING READY running/savepoint id=B T/Running -"));
        assertThat(seen())
                .containsExactly(
                        "1/1 UPGRADING - MISSING suspended/stateless id=- - -",
                        "1/1 UPGRADING - MISSING suspended/stateless id=A - -",
                        "1/1 DEPLOYED RECONCILING DEPLOYING running/stateless id=A F/Reconciling -",
                        "1/1 DEPLOYED RECONCILING ERROR running/stateless id=A F/Reconciling DeploymentFailedException",
                        "1/1 DEPLOYED RECONCILING" + healthy.formatted("stateless", "A") + "DeploymentFailedException",
                        "1/1 STABLE RUNNING READY running/stateless id=A F/Reconciling -",
                        "1/1 STABLE RUNNING READY running/stateless id=A T/Running -",
                        "2/1 STABLE RUNNING READY running/stateless id=A T/Running -",
                        "2/2 UPGRADING FINISHED READY suspended/savepoint id=A F/Finished -",
                        "2/2 UPGRADING FINISHED MISSING suspended/savepoint id=A F/Finished -",
                        "2/2 UPGRADING FINISHED MISSING suspended/savepoint id=B F/Finished -",
                        "2/2 DEPLOYED RECONCILING DEPLOYING running/savepoint id=B F/Reconciling -",
                        "2/2 DEPLOYED RECONCILING" + healthy.formatted("savepoint", "B") + "-",
                        "2/2 STABLE RUNNING READY running/savepoint id=B F/Reconciling -",
                        "2/2 STABLE RUNNING READY running/savepoint id=B T/Running -");
    }

    /** Rows without what only other tests look at, and without passing CREATED and INITIALIZING. */
    private List<String> seen() {
        List<String> seen = new ArrayList<>();
        for (String row : List.copyOf(rows.lines)) {
            String[] word = row.strip().split(" ");
            boolean passing = word.length < 6 || word[5].matches("CREATED|INITIALIZING");
            if (!passing) {
                String spec = word[7].replaceFirst("^([a-z]+/[a-z-]+)/.*", "$1");
                String condition = word[10].replaceFirst("Created|Initializing", "Reconciling");
                String error = word[11].replaceFirst("/.*", "");
                String brief = String.join(" ", word[2], word[3], word[5], word[6], spec, word[9], condition, error);
                if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(brief)) {
                    seen.add(brief);
                }
            }
        }
        return seen;
    }

    private final class RowWatcher implements Watcher<GenericKubernetesResource> {
        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            FlinkDeployment deployment = FlinkResources.deployment(resource);
            rows.deployment(
                    deployment.key().name(),
                    deployment.generation(),
                    deployment.deleting(),
                    action == Action.DELETED,
                    deployment
                            .status()
                            .<JsonNode>map(FlinkStatusCodec::write)
                            .orElseGet(() -> RecordingFiles.parse("{}")));
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new IllegalStateException("The watch ended before the test", cause);
        }

        @Override
        public void onClose() {
            // The test is over.
        }
    }

    private long newestCheckpoint() {
        List<Long> ids = deployed.checkpointIds();
        return ids.isEmpty() ? 0 : ids.get(ids.size() - 1);
    }

    private void mount(String configMap) {
        deployed.patch("{'spec':{'podTemplate':{'spec':{'volumes':[{'name':'orders','configMap':{'name':'" + configMap
                + "'}}]}}}}");
    }

    private static void orders(KubernetesClient client, String namespace, String name, String order) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withData(Map.of("order", order))
                        .build())
                .create();
    }

    private GenericKubernetesResource manifest(String namespace) {
        String state = folder.resolve("state").toUri().toString();
        return Serialization.unmarshal("""
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata: {name: numbers-a, namespace: %s}
                spec:
                  image: example.org/job:1
                  flinkVersion: v2_2
                  serviceAccount: flink
                  flinkConfiguration:
                    taskmanager.numberOfTaskSlots: "1"
                    execution.checkpointing.interval: 500ms
                    execution.checkpointing.dir: %scheckpoints
                    execution.checkpointing.savepoint-dir: %ssavepoints
                    high-availability.type: kubernetes
                    high-availability.storageDir: %sha
                    kubernetes.operator.job.upgrade.last-state-fallback.enabled: "false"
                    kubernetes.operator.job.savepoint-on-deletion: "true"
                    restart-strategy.type: fixed-delay
                    restart-strategy.fixed-delay.attempts: "100000"
                    restart-strategy.fixed-delay.delay: 100ms
                  jobManager: {resource: {cpu: 0.1, memory: 1024m}}
                  taskManager: {resource: {cpu: 0.1, memory: 1024m}}
                  podTemplate:
                    spec:
                      containers:
                      - name: flink-main-container
                        volumeMounts: [{name: orders, mountPath: /opt/orders}]
                      volumes:
                      - name: orders
                        configMap: {name: count}
                  job:
                    jarURI: local:///opt/flink/usrlib/job.jar
                    entryClass: MountedJob
                    args: [--order, /opt/orders/order]
                    parallelism: 1
                    upgradeMode: savepoint
                """.formatted(namespace, state, state, state), GenericKubernetesResource.class);
    }

    private static ConditionFactory waiting() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }
}
