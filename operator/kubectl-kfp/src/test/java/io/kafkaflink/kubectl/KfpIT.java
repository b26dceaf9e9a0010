package io.kafkaflink.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.ForeignCrds;
import io.kafkaflink.doubles.flink.FlinkOperator;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.SimulatedFlink;
import io.kafkaflink.doubles.flink.SimulatedTimes;
import io.kafkaflink.doubles.topic.InMemoryTopics;
import io.kafkaflink.doubles.topic.TopicOperator;
import io.kafkaflink.doubles.topic.TopicOperatorSettings;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.reconcile.Writing;
import io.kafkaflink.operator.runtime.OperatorConfig;
import io.kafkaflink.operator.runtime.OperatorProcess;
import io.kafkaflink.operator.runtime.Outside;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands beside a running operator, on a real API server. */
@RequiresKubeApi
class KfpIT {
    private static final String IMAGE = "job:test";
    private static final String PIPELINE = """
            apiVersion: kafkaflink.io/v1alpha1
            kind: KafkaFlinkPipeline
            metadata: {name: clicks}
            spec:
              kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod}}
              source: {kafka: {topics: [{name: in, partitions: 2, replicas: 1}], format: {string: {}}}}
              transforms: [{id: label, prefix: {value: "seen: "}}]
              sinks: [{name: main, kafka: {topic: {name: out, partitions: 2, replicas: 1}, format: {string: {}}}}]
              flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}
              state: {dir: "s3://bucket/flink"}
            """;

    private final KubeApi api;
    private final KubernetesClient client;
    private final String namespace;
    private final List<AutoCloseable> running = new ArrayList<>();

    @TempDir
    Path folder;

    KfpIT(KubeApi api, TestNamespace namespace) {
        this.api = api;
        this.client = api.client();
        this.namespace = namespace.name();
    }

    /** What a command printed, and its exit code. */
    private record Answer(int code, String out, String err) {}

    @BeforeEach
    void install() throws Exception {
        CustomResourceDefinition own = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(getClass().getResourceAsStream("/crds/kafkaflinkpipelines.kafkaflink.io.yaml"))
                .item();
        client.resource(own).forceConflicts().serverSideApply();
        ForeignCrds.find().install(client, true);
        running.add(FlinkOperator.start(
                client,
                Optional.of(namespace),
                configMaps -> new SimulatedFlink(Clock.systemUTC(), SimulatedTimes.rehearsal(), configMaps)
                        .knowsImage(IMAGE, "2.2.1"),
                FlinkOperatorSettings.rehearsal(),
                Clock.systemUTC()));
        running.add(TopicOperator.start(
                client,
                new InMemoryTopics(3),
                TopicOperatorSettings.of(namespace, "prod")
                        .withTimes(Duration.ofMillis(30), Duration.ofSeconds(120), Duration.ofSeconds(76)),
                Clock.systemUTC()));
        running.add(OperatorProcess.start(
                OperatorConfig.parse(Map.of(
                        "KAFKAFLINK_WATCH_NAMESPACES", namespace,
                        "KAFKAFLINK_JOB_IMAGES", "2.2/5.0.0=" + IMAGE,
                        "KAFKAFLINK_LEADER_ELECTION", "false",
                        "KAFKAFLINK_HEALTH_ADDRESS", "127.0.0.1",
                        "KAFKAFLINK_HEALTH_PORT", "0")),
                new Outside(client.getConfiguration(), http -> {}, Writing.serverSide(), Clock.systemUTC(), () -> {})));
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).close();
        }
    }

    private Answer kfp(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--kubeconfig", api.kubeconfigFile().toString(), "-n", namespace));
        int code =
                KfpCommand.execute(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
        return new Answer(code, out.toString(), err.toString());
    }

    private Path file(String yaml) throws Exception {
        return Files.writeString(folder.resolve("clicks.yaml"), yaml);
    }

    private void apply(String yaml) {
        client.resource(yaml).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    private KafkaFlinkPipeline pipeline() {
        return client.resources(KafkaFlinkPipeline.class)
                .inNamespace(namespace)
                .withName("clicks")
                .get();
    }

    private void awaitCondition(String type) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    KafkaFlinkPipeline found = pipeline();
                    assertThat(found.getStatus().observedGeneration())
                            .isEqualTo(found.getMetadata().getGeneration());
                    assertThat(found.getStatus().conditions())
                            .anyMatch(condition -> condition.type().equals(type)
                                    && condition.status().name().equals("True"));
                });
    }

    @Test
    @DisplayName("a pipeline is planned, looked at, refused, changed with approval, suspended and resumed")
    void life() throws Exception {
        Answer first = kfp("plan", "-f", file(PIPELINE).toString());
        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.out()).contains("topic 'in' is missing", "topic 'out' is missing");
        assertThat(pipelineExists()).isFalse();

        apply(PIPELINE);
        awaitCondition("Ready");
        assertThat(kfp("status", "clicks").out())
                .contains("Deployed   revision clicks-", "as FlinkDeployment clicks-a");
        assertThat(kfp("approve", "clicks"))
                .isEqualTo(new Answer(
                        1,
                        "",
                        "error: KafkaFlinkPipeline " + namespace
                                + "/clicks: status.plan is empty, so that nothing waits for approval\n"));

        refuses();

        String changed = PIPELINE.replace("seen: ", "changed: ") + "  upgrade: {approval: Manual}\n";
        Answer plan = kfp("plan", "-f", file(changed).toString());
        assertThat(plan.code()).as(plan.toString()).isZero();
        assertThat(plan.out()).contains("Configuration", "step     2 Stop", "pauses for about 6s");
        assertThat(pipeline().getMetadata().getGeneration()).isEqualTo(1);

        apply(changed);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> kfp("approve", "clicks").code() == 0);
        awaitCondition("Ready");
        assertThat(pipeline().getStatus().deployed().flinkDeployment()).isEqualTo("clicks-b");
        assertThat(kfp("savepoints", "clicks").out()).contains("TAKEN", "savepoint-");
        assertThat(kfp("status", "clicks", "-o", "json").out()).contains("\"flinkDeployment\"");

        assertThat(kfp("export", "clicks").err()).contains("found its job RUNNING", "kubectl kfp suspend clicks");
        assertThat(kfp("suspend", "clicks").code()).isZero();
        awaitCondition("Suspended");
        exports();
        assertThat(kfp("resume", "clicks").code()).isZero();
        await().atMost(Duration.ofMinutes(3))
                .until(() -> "RUNNING".equals(pipeline().getStatus().job()));
    }

    /** Another pipeline goes on from the savepoint, and its first revision is the one that starts from it. */
    private void exports() {
        Answer exported = kfp("export", "clicks");
        String savepoint = pipeline().getStatus().savepoints().get(0).path();
        assertThat(exported.code()).as(exported.toString()).isZero();
        assertThat(exported.out())
                .contains("savepointPath: \"" + savepoint, "sourceUid: \"source-1\"", "groupId: \"" + namespace)
                .doesNotContain("status:", "resourceVersion", "kafkaflink.io/suspend");
        client.resource(exported.out().replace("name: \"clicks\"", "name: \"moved\""))
                .inNamespace(namespace)
                .dryRun()
                .create();
    }

    private boolean pipelineExists() {
        return pipeline() != null;
    }

    /** What would be refused is said with exit code 1, and what is not there too. */
    private void refuses() throws Exception {
        Answer missing = kfp("status", "nobody");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).startsWith("error: KafkaFlinkPipeline " + namespace + "/nobody: found nothing");

        Answer invalid = kfp(
                "plan",
                "-f",
                file(PIPELINE.replace("partitions: 2", "partitions: 0")).toString());
        assertThat(invalid.code()).isEqualTo(1);
        assertThat(invalid.err()).contains("partitions", "should be greater than or equal to 1");

        Answer growth = kfp(
                "plan",
                "-f",
                file(PIPELINE.replace("name: in, partitions: 2", "name: in, partitions: 4"))
                        .toString());
        assertThat(growth.code()).as(growth.toString()).isEqualTo(1);
        assertThat(growth.out()).contains("GrowthRefused");
        Answer consent = kfp(
                "plan",
                "-f",
                file(PIPELINE.replace("name: in, partitions: 2", "name: in, partitions: 4")
                                + "  upgrade: {growth: GrowInPlace}\n")
                        .toString());
        assertThat(consent.out()).contains("- {risk: Reordering, value: \"in 2->4\"}");
        assertThat(kfp("retry", "clicks").err()).contains("status.rejected is empty");
        assertThat(kfp("plan").code()).isEqualTo(2);
    }
}
