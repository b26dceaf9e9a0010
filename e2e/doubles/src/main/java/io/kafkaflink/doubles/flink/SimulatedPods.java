package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.flink.ClusterPod.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pods of simulated clusters. Those of TaskManagers outlive the cluster for a while, as they do on a real one. */
final class SimulatedPods {

    /** What the kubelet says in the container's status; anything else shows as an Event only, or has no pod at all. */
    private static final Set<String> IN_STATUS =
            Set.of("ErrImagePull", "ImagePullBackOff", "CrashLoopBackOff", "CreateContainerConfigError");

    private static final String NO_POD = "FailedCreate";

    private final ClusterPods target;
    private final Map<DeploymentKey, List<String>> jobManagers = new HashMap<>();
    private final Map<DeploymentKey, List<String>> taskManagers = new HashMap<>();
    private int count;

    SimulatedPods(ClusterPods target) {
        this.target = target;
    }

    /** The JobManager's pod as it is now; the first call makes it. */
    void jobManager(DeploymentKey key, boolean ready, Optional<RuntimeFacts.PodTrouble> trouble) {
        if (trouble.filter(found -> found.reason().equals(NO_POD)).isPresent()) {
            return;
        }
        List<String> names = jobManagers.computeIfAbsent(key, k -> new ArrayList<>());
        if (names.isEmpty()) {
            names.add("%s-%08x".formatted(key.name(), ++count));
        }
        target.put(
                key,
                new ClusterPod(
                        names.get(0),
                        Role.JOBMANAGER,
                        ready,
                        trouble.filter(found -> IN_STATUS.contains(found.reason()))));
    }

    void taskManagers(DeploymentKey key, int number) {
        List<String> names = taskManagers.computeIfAbsent(key, k -> new ArrayList<>());
        while (names.size() < number) {
            String name = "%s-taskmanager-%d-%d".formatted(key.name(), ++count, names.size() + 1);
            names.add(name);
            target.put(key, new ClusterPod(name, Role.TASKMANAGER, true, Optional.empty()));
        }
    }

    void jobManagerGone(DeploymentKey key) {
        delete(key, jobManagers.remove(key));
    }

    /** The pods that a later call of the answer deletes; those of the next cluster are others. */
    Runnable taskManagersLeave(DeploymentKey key) {
        List<String> leaving = taskManagers.remove(key);
        return () -> delete(key, leaving);
    }

    private void delete(DeploymentKey key, List<String> names) {
        if (names != null) {
            names.forEach(name -> target.deletePod(key, name));
        }
    }
}
