package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.processes.FlinkRest;
import io.kafkaflink.processes.FlinkRestException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What can be seen of a native cluster: the JobManager's Deployment, its pods, its REST service. */
record PodCluster(KubernetesClient client, DeploymentKey key) {

    private static final int REST_PORT = 8081;

    /** Reasons that the operator takes for an error (EventUtils and CrashLoop checks of its observer). */
    private static final Set<String> TROUBLE = Set.of(
            "CrashLoopBackOff",
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "RunContainerError",
            "CreateContainerError",
            "CreateContainerConfigError");

    /** Neither Deployment, nor its REST service, nor pods are left. */
    boolean gone() {
        return deployment().isEmpty() && service().isEmpty() && pods().isEmpty();
    }

    /** State of the Deployment. */
    RuntimeFacts.JobManagerPod jobManagerPod() {
        if (gone()) {
            return RuntimeFacts.JobManagerPod.ABSENT;
        }
        return available() ? RuntimeFacts.JobManagerPod.AVAILABLE : RuntimeFacts.JobManagerPod.STARTING;
    }

    /** The pod is ready by its Deployment's word, and its REST endpoint answers. */
    boolean available() {
        boolean ready = deployment()
                .map(Deployment::getStatus)
                .map(status -> Objects.requireNonNullElse(status.getAvailableReplicas(), 0))
                .filter(replicas -> replicas > 0)
                .isPresent();
        return ready && rest().filter(jobManager -> jobManager.rest().answers()).isPresent();
    }

    /** The REST endpoint; empty while there is no service. */
    Optional<JobManagerRest> rest() {
        return service()
                .map(service -> service.getSpec().getClusterIP())
                .filter(address -> !address.isEmpty() && !"None".equals(address))
                .map(address -> new JobManagerRest(new FlinkRest(URI.create("http://" + address + ":" + REST_PORT))));
    }

    /** By the word of a JobManager that answers, else empty. */
    String flinkVersion() {
        try {
            return rest().map(jobManager -> jobManager.rest().overview().flinkVersion())
                    .orElse("");
        } catch (FlinkRestException noAnswer) {
            return "";
        }
    }

    /** Generation that the Deployment was made for. */
    OptionalLong generation() {
        return deployment()
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null)
                .map(found -> found.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ApplicationSubmit.GENERATION))
                .map(generation -> OptionalLong.of(Long.parseLong(generation)))
                .orElseGet(OptionalLong::empty);
    }

    /** Why the JobManager's pod does not start. */
    Optional<RuntimeFacts.PodTrouble> trouble() {
        Optional<RuntimeFacts.PodTrouble> waiting = pods().stream()
                .filter(pod -> "jobmanager".equals(pod.getMetadata().getLabels().get("component")))
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .flatMap(container -> waiting(container).stream())
                .findFirst();
        return waiting.or(this::refused);
    }

    private static Optional<RuntimeFacts.PodTrouble> waiting(ContainerStatus container) {
        return Optional.ofNullable(container.getState())
                .map(ContainerState::getWaiting)
                .filter(state -> TROUBLE.contains(state.getReason()))
                .map(state -> new RuntimeFacts.PodTrouble(
                        state.getReason(), "[" + container.getName() + "] " + state.getMessage()));
    }

    /** No pod at all, for example because of a quota. */
    private Optional<RuntimeFacts.PodTrouble> refused() {
        return deployment()
                .map(Deployment::getStatus)
                .flatMap(status -> status.getConditions().stream()
                        .filter(condition -> "FailedCreate".equals(condition.getReason()))
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .findFirst())
                .map(condition -> new RuntimeFacts.PodTrouble("FailedCreate", condition.getMessage()));
    }

    private Optional<Deployment> deployment() {
        return Optional.ofNullable(client.apps()
                .deployments()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get());
    }

    private Optional<Service> service() {
        return Optional.ofNullable(client.services()
                .inNamespace(key.namespace())
                .withName(key.name() + "-rest")
                .get());
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(key.namespace())
                .withLabel("app", key.name())
                .withLabel("type", "flink-native-kubernetes")
                .list()
                .getItems();
    }
}
