package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.model.Violation;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedFieldsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String OPTIONS = "spec.flink.flinkConfiguration";
    private static final String POD = "spec.flink.podTemplate";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $internal.application.main                          | Flink Kubernetes Operator
            execution.attached                                  | submits the job
            execution.target                                    | submits the job
            execution.checkpointing.dir                         | spec.state.dir
            execution.checkpointing.savepoint-dir               | spec.state.dir
            execution.checkpointing.interval                    | spec.state.checkpointInterval
            execution.checkpointing.timeout                     | spec.state.checkpointTimeout
            execution.checkpointing.mode                        | exactness
            execution.checkpointing.externalized-checkpoint-retention | exactness
            execution.checkpointing.storage                     | spec.state.dir
            execution.runtime-mode                              | exactness
            execution.savepoint.path                            | what state a job starts from
            execution.savepoint-restore-mode                    | what state a job starts from
            execution.savepoint.ignore-unclaimed-state          | what state a job starts from
            execution.state-recovery.claim-mode                 | what state a job starts from
            high-availability                                   | lost JobManager
            job-result-store.delete-on-commit                   | does not run it again
            high-availability.type                              | lost JobManager
            high-availability.cluster-id                        | lost JobManager
            high-availability.storageDir                        | lost JobManager
            job.autoscaler.enabled                              | partitions
            job.autoscaler.target.utilization                   | partitions
            execution.checkpointing.checkpoints-after-tasks-finish.enabled | committed
            jobmanager.scheduler                                | partitions
            scheduler-mode                                      | partitions
            parallelism.default                                 | partitions
            pipeline.jobvertex-parallelism-overrides            | partitions
            pipeline.auto-generate-uids                         | exactness
            pipeline.generic-types                              | exactness
            pipeline.max-parallelism                            | spec.state.maxParallelism
            pipeline.jars                                       | job jar
            pipeline.classpaths                                 | job jar
            kubernetes.namespace                                | of these only
            kubernetes.cluster-id                               | of these only
            kubernetes.operator.job.upgrade.last-state-fallback.enabled | of these only
            kubernetes.operator.savepoint.format.type           | of these only
            kubernetes.container.image.ref                      | of these only
            state.checkpoint-storage                            | spec.state.dir
            state.checkpoints.dir                               | spec.state.dir
            state.savepoints.dir                                | spec.state.dir
            """)
    void ownedOptions(String key, String why) {
        List<Violation> found = RefusedFields.of(withOptions(Map.of(key, "x")));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path()).isEqualTo(OPTIONS + "[" + key + "]");
        assertThat(found.get(0).action()).startsWith("remove it: ").contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3.secret-key",
                "security.ssl.rest.key-password",
                "fs.azure.account.key.x.net",
                "sasl.jaas.config"
            })
    @DisplayName("a secret is refused and not repeated")
    void secretOptions(String key) {
        List<Violation> found = RefusedFields.of(withOptions(Map.of(key, "hunter2")));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).message()).contains(key, "change the secret").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.backend", "state.backend.type"})
    @DisplayName("a state backend without savepoints that the others read is refused")
    void stateBackendWithoutCanonicalSavepoints(String key) {
        assertThat(RefusedFields.of(withOptions(Map.of(key, "forst"))))
                .singleElement()
                .extracting(Violation::message)
                .asString()
                .contains("found 'forst', expected hashmap or rocksdb", "no canonical savepoints");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {checkpoints: {incremental: true}}                        | spec.state.checkpoints.incremental
            {backend: HashMap, checkpoints: {incremental: true}}      | spec.state.checkpoints.incremental
            {checkpoints: {unaligned: true, concurrent: 2}}           | spec.state.checkpoints.concurrent
            {checkpoints: {minPause: 5s, concurrent: 2}}              | spec.state.checkpoints.concurrent
            """)
    @DisplayName("settings of checkpoints that exclude each other are refused")
    void checkpointsThatCannotBe(String state, String field) throws IOException {
        assertThat(RefusedFields.of(withOptions(Map.of(), state)))
                .singleElement()
                .extracting(Violation::path)
                .isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{backend: RocksDB, checkpoints: {incremental: true, unaligned: true, minPause: 5s, concurrent: 1}}",
                "{checkpoints: {unaligned: false, concurrent: 2, incremental: false}}"
            })
    void checkpointsThatCanBe(String state) throws IOException {
        assertThat(RefusedFields.of(withOptions(Map.of(), state))).isEmpty();
    }

    @Test
    @DisplayName("an option is refused beside the field that sets it, and only then")
    void optionBesideItsField() throws IOException {
        String state = "{dir: \"s3://b/f\", backend: RocksDB, checkpoints: {retained: 5}}";
        Map<String, String> options =
                Map.of("state.backend.type", "rocksdb", "execution.checkpointing.min-pause", "1s", "s3.endpoint", "x");
        PipelineSpec spec = withOptions(options, state);

        assertThat(RefusedFields.of(spec))
                .singleElement()
                .extracting(Violation::message)
                .asString()
                .contains("flinkConfiguration[state.backend.type]", "spec.state.backend sets", "remove one of the two");
        assertThat(FlinkOptions.of(options, spec.state(), 0, "s3://b/f"))
                .containsEntry("execution.checkpointing.num-retained", "5")
                .containsEntry("execution.checkpointing.min-pause", "1s")
                .doesNotContainKey("execution.checkpointing.unaligned.enabled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskmanager.numberOfTaskSlots",
                "execution.checkpointing.num-retained",
                "execution.checkpointing.unaligned.enabled",
                "restart-strategy.type",
                "s3.endpoint",
                "s3.access-key",
                "state.backend.type",
                "metrics.reporters",
                "kubernetes.jobmanager.cpu.limit-factor",
                "kubernetes.taskmanager.node-selector",
                "kubernetes.taskmanager.tolerations",
                "slotmanager.number-of-slots.max"
            })
    void freeOptions(String key) {
        assertThat(RefusedFields.of(withOptions(Map.of(key, "x")))).isEmpty();
    }

    @Test
    @DisplayName("every option that is set for everyone is refused from users")
    void everyOwnedOption() {
        PipelineSpec plain = withOptions(Map.of());
        FlinkOptions.of(Map.of(), plain.state(), 2, "s3://bucket").keySet().stream()
                .filter(key -> !key.equals("taskmanager.numberOfTaskSlots")
                        && !key.equals("execution.checkpointing.num-retained"))
                .forEach(key -> assertThat(RefusedFields.of(withOptions(Map.of(key, "x"))))
                        .as(key)
                        .hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {spec: {serviceAccountName: admin}} | .spec.serviceAccountName | set spec.flink.serviceAccount
            {spec: {serviceAccount: admin}} | .spec.serviceAccountName | set spec.flink.serviceAccount
            {spec: {volumes: [{name: a}, {name: kafkaflink-config}]}} | .spec.volumes[1].name | rename
            {spec: {volumes: [{name: kafkaflink-secret-1}]}} | .spec.volumes[0].name | rename
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /opt/kafkaflink/secrets/b}]}]}} | .spec.containers[0].volumeMounts[0].mountPath | elsewhere
            {spec: {containers: [{name: flink-main-container, command: [sh]}]}} | .spec.containers[0].command | another container
            {spec: {containers: [{name: x}, {name: flink-main-container, args: [a]}]}} | .spec.containers[1].args | another container
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /opt}]}]}} | .spec.containers[0].volumeMounts[0].mountPath | elsewhere
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /opt/kafkaflink/config/}]}]}} | .spec.containers[0].volumeMounts[0].mountPath | elsewhere
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /opt/kafkaflink/config/x}]}]}} | .spec.containers[0].volumeMounts[0].mountPath | elsewhere
            {spec: {containers: [{name: a, env: [{name: DB_PASSWORD, value: hunter2}]}]}} | .spec.containers[0].env[0].value | into a Secret
            {spec: {initContainers: [{name: a, env: [{name: AWS_SECRET_ACCESS_KEY, value: hunter2}]}]}} | .spec.initContainers[0].env[0].value | into a Secret
            {spec: {contaienrs: []}} | .spec.contaienrs | correct its name
            {spec: {containers: [{name: a, imgae: b}]}} | .spec.containers[0].imgae | correct its name
            {spec: {containers: everything}} | .spec.containers | correct the value
            {spec: 5} | .spec | correct the value
            """)
    void podTemplates(String template, String path, String action) throws IOException {
        List<Violation> found = RefusedFields.of(withPodTemplate(template));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path()).isEqualTo(POD + path);
        assertThat(found.get(0).message()).contains(action).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{metadata: {labels: {team: web}}}",
                "{spec: {containers: [null, {name: proxy, command: [sh], args: [a]}]}}",
                "{spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /opt/flink/lib}]}]}}",
                "{spec: {containers: [{name: a, env: [{name: DB_PASSWORD_FILE, value: /run/secrets/db}]}]}}",
                "{spec: {containers: [{name: a, env: [{name: P, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}",
                "{spec: {containers: [{name: a, resources: {requests: {cpu: 0.5, memory: 1Gi}}}]}}",
                "{apiVersion: v1, kind: Pod, spec: {volumes: null}}"
            })
    void freePodTemplates(String template) throws IOException {
        assertThat(RefusedFields.of(withPodTemplate(template))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {spec: {volumes: [{name: kafkaflink-sink-db}]}}       | .spec.volumes[0].name                      | yes
            {spec: {volumes: [{name: kafkaflink-sink-other}]}}    | .spec.volumes[0].name                      | no
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /etc/kafkaflink/sinks/db/x}]}]}} | .spec.containers[0].volumeMounts[0].mountPath | yes
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /etc/}]}]}}          | .spec.containers[0].volumeMounts[0].mountPath | yes
            {spec: {containers: [{name: flink-main-container, volumeMounts: [{name: a, mountPath: /etc/postgres}]}]}}  | .spec.containers[0].volumeMounts[0].mountPath | no
            """)
    @DisplayName("what hides the mounted Secret of a sink is refused where a sink has one, and nowhere else")
    void secretsOfSinks(String template, String path, String refused) throws IOException {
        ObjectNode spec = YAML.valueToTree(withPodTemplate(template));
        assertThat(RefusedFields.of(YAML.convertValue(spec, PipelineSpec.class)))
                .isEmpty();
        spec.withArray("sinks")
                .add(YAML.readTree("{name: db, jdbc: {url: 'jdbc:postgresql://db/shop', table: t, keyFields: [value],"
                        + " secretName: writer}}"));

        assertThat(RefusedFields.of(YAML.convertValue(spec, PipelineSpec.class)))
                .extracting(Violation::path)
                .isEqualTo(refused.equals("yes") ? List.of(POD + path) : List.of());
    }

    @Test
    @DisplayName("a spec that FKO could not store three times over is refused with both sizes")
    void size() throws IOException {
        String template = "{metadata: {annotations: {text: \"" + "x".repeat(300_000) + "\"}}}";

        List<Violation> found = RefusedFields.of(withPodTemplate(template));

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path()).isEqualTo("spec");
        assertThat(found.get(0).message()).contains("300", "262144");
    }

    private static PipelineSpec withOptions(Map<String, String> options) {
        ObjectNode spec = spec();
        ((ObjectNode) spec.get("flink")).set("flinkConfiguration", YAML.valueToTree(options));
        return YAML.convertValue(spec, PipelineSpec.class);
    }

    private static PipelineSpec withOptions(Map<String, String> options, String state) throws IOException {
        ObjectNode spec = spec();
        ((ObjectNode) spec.get("flink")).set("flinkConfiguration", YAML.valueToTree(options));
        spec.set("state", YAML.readTree(state));
        return YAML.convertValue(spec, PipelineSpec.class);
    }

    private static PipelineSpec withPodTemplate(String template) throws IOException {
        ObjectNode spec = spec();
        JsonNode tree = YAML.readTree(template);
        ((ObjectNode) spec.get("flink")).set("podTemplate", tree);
        return YAML.convertValue(spec, PipelineSpec.class);
    }

    private static ObjectNode spec() {
        GoldenCase minimal = GoldenCase.read(GoldenCase.ROOT.resolve("minimal"));
        return YAML.valueToTree(minimal.spec());
    }
}
