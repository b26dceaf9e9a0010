package io.kafkaflink.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.KubeApiBinaries;
import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.JobFailure;
import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.pipeline.Edit;
import io.kafkaflink.rehearsal.pipeline.LocalPipeline;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.TopicOwner;
import io.kafkaflink.rehearsal.report.LineProgress;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.StageSettings;
import io.kafkaflink.rehearsal.traffic.NumberedLoad;
import io.kafkaflink.rehearsal.traffic.NumberedOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What everything stands on goes away and comes back while numbered records flow. */
class OutageIT {
    private static final Path EXAMPLE = Path.of("../k8s/examples/prefix.yaml");
    private static final int PARTITIONS = 2;
    private static final int PER_SECOND = 50;
    private static final Duration STEP = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    /** Duplicates would come within a checkpoint or two. */
    private static final Duration SETTLE = Duration.ofSeconds(6);

    private final Progress progress = new LineProgress(System.out);
    private final Waiting away = new Waiting(progress, () -> {});
    private final Waiting waiting = new Waiting(progress, this::check);
    private ProcessLedger ledger;
    private Stage stage;
    private AppliedPipeline pipeline;
    private Pair jobs;
    private NumberedLoad load;
    private NumberedOutput output;
    private String deployment;

    @BeforeEach
    void runningPipeline() {
        KubeApiBinaries.Result binaries = KubeApiBinaries.standard().prepare();
        assumeTrue(
                binaries instanceof KubeApiBinaries.Available, () -> ((KubeApiBinaries.Unavailable) binaries).reason());
        PipelineFile file = PipelineFile.read(EXAMPLE);
        ledger = ProcessLedger.open();
        stage = Stage.start(
                ledger,
                () -> KubeApi.start(binaries.orThrow()),
                Installation.here(),
                ledger.createFolder("outages"),
                StageSettings.of(file, Installation.here()),
                progress);
        LocalPipeline local = LocalPipeline.of(file, stage.bootstrapServers(), stage.stateDir());
        NumberedPipeline numbered = NumberedPipeline.beside(local.manifest(), stage.bootstrapServers(), PARTITIONS);
        pipeline = AppliedPipeline.create(stage.client(), numbered.manifest());
        jobs = new Pair(waiting, stage.flink());
        jobs.add(pipeline, PARTITIONS);
        List<String> topics = List.of(numbered.input(), numbered.output());
        waiting.until("topics in Kafka", STEP, () -> stage.topics().missing(topics));
        jobs.awaitRunning(true);
        deployment = pipeline.look().flinkDeployment();
        load = new NumberedLoad(stage.bootstrapServers(), numbered.input(), PER_SECOND);
        output = new NumberedOutput(stage.bootstrapServers(), numbered.output());
        awaitOutput();
    }

    @AfterEach
    void stop() {
        if (load != null) {
            load.close();
            output.close();
        }
        if (stage != null) {
            stage.close();
        }
        if (ledger != null) {
            ledger.close();
        }
    }

    private void check() {
        stage.check();
    }

    @Test
    @DisplayName(
            "broker, then API server, gone and back: nothing lost or duplicated, no write to the job, operator lives")
    void outages() {
        Told before = told();
        progress.say("before: " + before);

        stage.broker().stop();
        progress.say("broker stopped");
        topicOperatorGivesUp();
        away.until("TopicsReady", STEP, () -> missing("TopicsReady", "False/TopicError"));
        away.within(OUTAGE, () -> false);
        progress.say("meanwhile: " + told());
        assertThat(told().job()).as("while the broker is away").isEqualTo(before.job());
        stage.broker().start();
        progress.say("broker back");
        input().edit(topic -> {
            topic.getMetadata().setAnnotations(Map.of("looked-at", "again"));
            return topic;
        });
        awaitOutput();
        away.until("TopicsReady", STEP, () -> missing("TopicsReady", "True/TopicsReady"));
        jobs.awaitRunning(false);
        progress.say("caught up: " + told() + " restarts so far " + restarts());
        assertThat(told()).as("after the broker's return").isEqualTo(before);

        stage.api().killServer();
        progress.say("API server killed");
        long committed = output.progress();
        away.within(OUTAGE, () -> false);
        progress.say("committed in between " + (output.progress() - committed) + " restarts so far " + restarts());
        stage.api().startServer();
        progress.say("API server back");
        awaitOutput();
        jobs.awaitRunning(false);
        progress.say("caught up: " + told() + " restarts so far " + restarts());
        assertThat(told()).as("after the API server's return").isEqualTo(before);

        jobs.edit(manifest -> Edit.suspend(manifest, true));
        jobs.awaitSuspended();
        progress.say("suspended");
        jobs.edit(manifest -> Edit.suspend(manifest, false));
        jobs.awaitRunning(false);
        awaitOutput();
        assertNothingLost();
    }

    private void assertNothingLost() {
        Map<String, Integer> sent = load.stop();
        waiting.until(
                "all numbered records",
                STEP,
                () -> output.complete(sent) ? Optional.empty() : Optional.of(output.progress() + " read"));
        // What comes after it was complete would be too much.
        waiting.within(SETTLE, () -> false);
        Verdict verdict = output.verdict(sent);
        progress.say("in " + verdict.in() + ", out " + verdict.out() + ", lost " + verdict.lost() + ", duplicated "
                + verdict.duplicated());
        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.lost()).isZero();
        assertThat(verdict.duplicated()).isZero();
        assertThat(verdict.in()).isPositive().isEqualTo(verdict.out());
    }

    /**
     * What the Topic Operator writes when Kafka has been silent for 76 s. Its double would, too; waiting for it would
     * show nothing more of the pipeline.
     */
    private void topicOperatorGivesUp() {
        input().editStatus(topic -> {
            Map<String, Object> status = new LinkedHashMap<>(topic.<Map<String, Object>>get("status"));
            status.put(
                    "conditions",
                    List.of(Map.of(
                            "type",
                            "Ready",
                            "status",
                            "False",
                            "reason",
                            "KafkaError",
                            "message",
                            "Timed out waiting for a node assignment.",
                            "lastTransitionTime",
                            Instant.now().toString())));
            topic.setAdditionalProperty("status", status);
            return topic;
        });
    }

    private Resource<GenericKubernetesResource> input() {
        TopicOwner owner = TopicOwner.of(pipeline.manifest());
        String topic =
                pipeline.manifest().at("/spec/source/kafka/topics/0/name").asText();
        return stage.client()
                .genericKubernetesResources("kafka.strimzi.io/v1", "KafkaTopic")
                .inNamespace(owner.namespace())
                .withName(topic);
    }

    private Optional<String> missing(String type, String expected) {
        String found = conditions().get(type);
        return expected.equals(found) ? Optional.empty() : Optional.of(type + " is " + found);
    }

    /**
     * What must not change while nobody changes the pipeline.
     *
     * @param job id, and the generation of its FlinkDeployment: a write of the spec would raise it
     * @param conditions status and reason of the pipeline's, by type
     */
    private record Told(String job, Map<String, String> conditions) {}

    private Told told() {
        GenericKubernetesResource deployed = stage.client()
                .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
                .inNamespace(pipeline.namespace())
                .withName(deployment)
                .get();
        return new Told(jobId() + ", generation " + deployed.getMetadata().getGeneration(), conditions());
    }

    private Map<String, String> conditions() {
        GenericKubernetesResource found = stage.client()
                .genericKubernetesResources("kafkaflink.io/v1alpha1", PipelineFile.KIND)
                .inNamespace(pipeline.namespace())
                .withName(pipeline.manifest().path("metadata").path("name").asText())
                .get();
        List<Map<String, Object>> told = found.get("status", "conditions");
        return told.stream()
                .collect(Collectors.toMap(
                        condition -> condition.get("type").toString(),
                        condition -> condition.get("status") + "/" + condition.get("reason"),
                        (first, second) -> second,
                        TreeMap::new));
    }

    private String jobId() {
        return stage.flink().jobId(pipeline.namespace(), deployment).orElse("none");
    }

    /** Failures of the job that Flink keeps, each of which has cost a restart from a checkpoint. */
    private List<String> restarts() {
        return stage.flink()
                .address(pipeline.namespace(), deployment)
                .map(FlinkRest::new)
                .map(rest -> rest.failures(jobId()).stream()
                        .map(JobFailure::rootCause)
                        .toList())
                .orElse(List.of());
    }

    /** A second's worth and more of what was sent since. */
    private void awaitOutput() {
        long enough = load.progress();
        waiting.until("numbered output", STEP, () -> {
            long missing = enough - output.progress();
            return missing < 0 ? Optional.empty() : Optional.of(missing + " records to come");
        });
    }
}
