package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kafkaflink.doubles.NotRecorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What Flink's client is told, by what is measured of clusters that the real operator made. */
class ApplicationSubmitTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final DeploymentKey KEY = new DeploymentKey("shop", "clicks-a");
    private static final String JOB_ID = "0123456789abcdef0123456789abcdef";
    private static final String SPEC = """
            image: job:1
            flinkVersion: v2_2
            serviceAccount: flink
            flinkConfiguration:
              high-availability.type: kubernetes
              state.savepoints.dir: file:///state/savepoints
              kubernetes.operator.savepoint.history.max.count: "3"
              job.autoscaler.enabled: "false"
            podTemplate:
              spec:
                containers:
                - {name: flink-main-container, volumeMounts: [{name: state, mountPath: /state}]}
                volumes: [{name: state, persistentVolumeClaim: {claimName: state}}]
            jobManager: {resource: {cpu: 0.1, memory: 1g}}
            taskManager: {resource: {cpu: 0.5, memory: 2g}}
            job:
              jarURI: local:///opt/flink/usrlib/pipeline-job.jar
              entryClass: io.kafkaflink.job.PipelineJob
              args: [--config, /opt/kafkaflink/config/pipeline.yaml]
              parallelism: 4
              allowNonRestoredState: true
            """;

    @Test
    @DisplayName("the job's jar, class and arguments come last, the options before them")
    void command() throws IOException {
        List<String> command = submit(SPEC, Optional.empty()).command();

        assertThat(command).startsWith("/opt/flink/bin/flink", "run", "--target", "kubernetes-application");
        assertThat(command)
                .endsWith(
                        "--class",
                        "io.kafkaflink.job.PipelineJob",
                        "local:///opt/flink/usrlib/pipeline-job.jar",
                        "--config",
                        "/opt/kafkaflink/config/pipeline.yaml");
        assertThat(command.subList(4, command.size() - 5)).allMatch(option -> option.startsWith("-D"));
    }

    @Test
    @DisplayName("configuration: the user's, the operator's defaults, the pods'; no key that only the operator reads")
    void configuration() throws IOException {
        assertThat(submit(SPEC, Optional.empty()).configuration())
                .containsEntry("state.savepoints.dir", "file:///state/savepoints")
                .containsEntry("execution.shutdown-on-application-finish", "false")
                .containsEntry("execution.submit-failed-job-on-application-error", "true")
                .containsEntry("$internal.pipeline.job-id", JOB_ID)
                .containsEntry("parallelism.default", "4")
                .containsEntry("kubernetes.cluster-id", "clicks-a")
                .containsEntry("kubernetes.namespace", "shop")
                .containsEntry("kubernetes.container.image.ref", "job:1")
                .containsEntry("kubernetes.service-account", "flink")
                .containsEntry("kubernetes.jobmanager.annotations", ApplicationSubmit.GENERATION + ":7")
                .containsEntry("kubernetes.jobmanager.cpu.amount", "0.1")
                .containsEntry("taskmanager.memory.process.size", "2g")
                .doesNotContainKeys(
                        "kubernetes.operator.savepoint.history.max.count",
                        "job.autoscaler.enabled",
                        "execution.state-recovery.path");
    }

    @Test
    @DisplayName("results of jobs are kept, so that a JobManager that comes back does not run a stopped job again")
    void results() throws IOException {
        String storage =
                SPEC.replace("job.autoscaler.enabled: \"false\"", "high-availability.storageDir: file:///state/ha");

        assertThat(submit(storage, Optional.empty()).configuration())
                .containsEntry("job-result-store.delete-on-commit", "false")
                .hasEntrySatisfying("job-result-store.storage-path", path -> assertThat(path)
                        .startsWith("file:///state/ha/job-result-store/"));
        assertThat(submit(SPEC, Optional.empty()).configuration())
                .doesNotContainKeys("job-result-store.delete-on-commit");
    }

    @Test
    @DisplayName("a savepoint is restored from, and what is not restored is allowed, only where both are wanted")
    void savepoint() throws IOException {
        assertThat(submit(SPEC, Optional.of("file:///state/savepoint-1")).configuration())
                .containsEntry("execution.state-recovery.path", "file:///state/savepoint-1")
                .containsEntry("execution.state-recovery.ignore-unclaimed-state", "true");
    }

    @Test
    @DisplayName("the pod template is a Pod; one for a component alone is not recorded")
    void podTemplate() throws IOException {
        JsonNode pod = ApplicationSubmit.pod(spec(SPEC));
        assertThat(pod.path("kind").asText()).isEqualTo("Pod");
        assertThat(pod.at("/spec/containers/0/name").asText()).isEqualTo("flink-main-container");

        String own = SPEC.replace("memory: 1g}}", "memory: 1g}, podTemplate: {spec: {}}}");
        FlinkSpec withOwn = spec(own);
        assertThatThrownBy(() -> ApplicationSubmit.pod(withOwn)).isInstanceOf(NotRecorded.class);
    }

    private static ApplicationSubmit submit(String yaml, Optional<String> savepoint) throws IOException {
        return new ApplicationSubmit(
                Path.of("/opt/flink"),
                KEY,
                new Effect.Start(spec(yaml), 7, JOB_ID, savepoint, false),
                Path.of("/tmp/pod-template.yaml"));
    }

    private static FlinkSpec spec(String yaml) throws IOException {
        return FlinkSpec.of(YAML.readTree(yaml));
    }
}
