package io.kafkaflink.rehearsal.stage;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.doubles.flink.DeploymentKey;
import io.kafkaflink.doubles.flink.FlinkOperator;
import io.kafkaflink.doubles.flink.FlinkOperatorSettings;
import io.kafkaflink.doubles.flink.ProcessFlink;
import io.kafkaflink.doubles.flink.ProcessFlinkSettings;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.processes.FlinkCluster;
import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.FlinkRestException;
import io.kafkaflink.processes.JobDetails;
import io.kafkaflink.processes.ProcessLedger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The Flink Kubernetes Operator, as a double whose FlinkDeployments are processes of this machine. */
public final class FlinkSide implements AutoCloseable {
    private final KubernetesClient client;
    private final ProcessFlink processes;
    private final FlinkOperator operator;
    private int told;

    private FlinkSide(KubernetesClient client, ProcessFlink processes, FlinkOperator operator) {
        this.client = client;
        this.processes = processes;
        this.operator = operator;
    }

    /** Starts the double for all namespaces. */
    static FlinkSide start(ProcessLedger ledger, KubeApi api, JobImages images, Path folder) {
        ProcessFlink processes = new ProcessFlink(
                api.client(), ledger, ProcessFlinkSettings.of(folder, images.byName(), api::kubeconfigFile));
        FlinkOperator operator = FlinkOperator.start(
                api.client(),
                Optional.empty(),
                configMaps -> processes,
                FlinkOperatorSettings.rehearsal(),
                Clock.systemUTC());
        return new FlinkSide(api.client(), processes, operator);
    }

    /** Address of Flink's web page for a FlinkDeployment; empty while nothing runs. */
    public Optional<URI> address(String namespace, String deployment) {
        return processes.cluster(new DeploymentKey(namespace, deployment)).map(FlinkCluster::restUri);
    }

    /** Subtasks of the widest operator of the job of a FlinkDeployment, by Flink's own word; 0 when nothing runs. */
    public int parallelism(String namespace, String deployment) {
        return job(namespace, deployment)
                .map(running -> running.rest().job(running.id()).vertices().stream()
                        .mapToInt(JobDetails.Vertex::parallelism)
                        .max()
                        .orElse(0))
                .orElse(0);
    }

    /** Id of the job of a FlinkDeployment; empty when nothing runs. */
    public Optional<String> jobId(String namespace, String deployment) {
        return job(namespace, deployment).map(RunningJob::id);
    }

    /** Whether a job of a FlinkDeployment and all of its tasks run, by Flink's own word. */
    public boolean allTasksRunning(String namespace, String deployment, String jobId) {
        try {
            return processes
                    .cluster(new DeploymentKey(namespace, deployment))
                    .map(FlinkCluster::rest)
                    .filter(rest -> rest.job(jobId).allTasksRunning())
                    .isPresent();
        } catch (FlinkRestException noAnswer) {
            return false;
        }
    }

    /** FlinkDeployments that are left, by the beginning of their names, in words; empty when none is. */
    public Optional<String> running(String namespace, String prefix) {
        return client
                .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(resource -> resource.getMetadata().getName())
                .filter(name -> name.startsWith(prefix))
                .reduce((first, second) -> first + ", " + second)
                .map(names -> names + " to go");
    }

    /** All clusters that are up, by the names of their FlinkDeployments. */
    public List<FlinkCluster> clusters() {
        return client
                .genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
                .inAnyNamespace()
                .list()
                .getItems()
                .stream()
                .map(resource -> new DeploymentKey(
                        resource.getMetadata().getNamespace(),
                        resource.getMetadata().getName()))
                .sorted(Comparator.comparing(DeploymentKey::name))
                .flatMap(key -> processes.cluster(key).stream())
                .toList();
    }

    /** The processes of a FlinkDeployment, for those who kill them; empty while nothing runs. */
    public Optional<FlinkCluster> cluster(String namespace, String deployment) {
        return processes.cluster(new DeploymentKey(namespace, deployment));
    }

    /** Records that the running job of a FlinkDeployment has dropped as late; empty while nobody tells. */
    OptionalLong lateRecords(String namespace, String deployment) {
        return job(namespace, deployment)
                .map(running -> LateRecords.of(running.rest(), running.id()))
                .orElse(OptionalLong.empty());
    }

    /** A job and where to ask for it. */
    private record RunningJob(FlinkRest rest, String id) {}

    private Optional<RunningJob> job(String namespace, String deployment) {
        try {
            return processes
                    .cluster(new DeploymentKey(namespace, deployment))
                    .map(FlinkCluster::rest)
                    .flatMap(rest ->
                            rest.jobs().stream().findFirst().map(summary -> new RunningJob(rest, summary.id())));
        } catch (FlinkRestException noAnswer) {
            return Optional.empty();
        }
    }

    /**
     * Fails when the double has met what nobody has recorded of the real operator: all else would be guesswork. Each
     * time is told once, so that another pipeline on this stage is not blamed.
     */
    void check() {
        List<NotRecorded> gaps = operator.notRecorded();
        if (gaps.size() > told) {
            told = gaps.size();
            throw gaps.get(told - 1);
        }
    }

    @Override
    public void close() {
        operator.close();
        processes.close();
    }
}
