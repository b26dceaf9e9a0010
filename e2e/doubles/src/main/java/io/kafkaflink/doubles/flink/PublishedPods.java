package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.flink.ClusterPod.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pods that there would be, shown where others look for them. What cannot be shown now, because the API server does not
 * answer, is shown by a later call of {@link #show()}.
 */
final class PublishedPods {

    /** What the kubelet says in the container's status; anything else shows as an Event only, or has no pod at all. */
    private static final Set<String> IN_STATUS =
            Set.of("ErrImagePull", "ImagePullBackOff", "CrashLoopBackOff", "CreateContainerConfigError");

    private static final String NO_POD = "FailedCreate";

    private final ClusterPods target;
    private final Map<DeploymentKey, List<String>> taskManagers = new LinkedHashMap<>();
    private final Map<DeploymentKey, String> jobManagers = new LinkedHashMap<>();
    private final Map<String, DeploymentKey> owners = new LinkedHashMap<>();
    private final Map<String, ClusterPod> pods = new LinkedHashMap<>();
    private final Map<String, ClusterPod> shown = new LinkedHashMap<>();
    private int count;

    PublishedPods(ClusterPods target) {
        this.target = target;
    }

    /** The JobManager's pod as it is now; the first call makes it. */
    synchronized void jobManager(DeploymentKey key, boolean ready, Optional<RuntimeFacts.PodTrouble> trouble) {
        if (trouble.filter(found -> found.reason().equals(NO_POD)).isEmpty()) {
            String name = jobManagers.computeIfAbsent(key, k -> "%s-%08x".formatted(k.name(), ++count));
            put(
                    key,
                    new ClusterPod(
                            name, Role.JOBMANAGER, ready, trouble.filter(found -> IN_STATUS.contains(found.reason()))));
        }
        show();
    }

    synchronized void taskManagers(DeploymentKey key, int number) {
        List<String> names = taskManagers.computeIfAbsent(key, k -> new ArrayList<>());
        while (names.size() < number) {
            String name = "%s-taskmanager-%d-%d".formatted(key.name(), ++count, names.size() + 1);
            names.add(name);
            put(key, new ClusterPod(name, Role.TASKMANAGER, true, Optional.empty()));
        }
        show();
    }

    synchronized void jobManagerGone(DeploymentKey key) {
        Optional.ofNullable(jobManagers.remove(key)).ifPresent(pods::remove);
        show();
    }

    /** From now on the cluster has none; those that it had are gone when the answer is run. */
    synchronized Runnable taskManagersLeave(DeploymentKey key) {
        List<String> leaving = Optional.ofNullable(taskManagers.remove(key)).orElse(List.of());
        return () -> gone(leaving);
    }

    private synchronized void gone(List<String> names) {
        names.forEach(pods::remove);
        show();
    }

    /** Shows what is not shown yet. */
    synchronized void show() {
        for (ClusterPod pod : List.copyOf(pods.values())) {
            if (!pod.equals(shown.get(pod.name()))) {
                target.put(owners.get(pod.name()), pod);
                shown.put(pod.name(), pod);
            }
        }
        for (String name : List.copyOf(shown.keySet())) {
            if (!pods.containsKey(name)) {
                target.deletePod(owners.get(name), name);
                shown.remove(name);
                owners.remove(name);
            }
        }
    }

    private void put(DeploymentKey key, ClusterPod pod) {
        owners.put(pod.name(), key);
        pods.put(pod.name(), pod);
    }
}
