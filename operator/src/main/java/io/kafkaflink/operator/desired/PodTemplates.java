package io.kafkaflink.operator.desired;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pod template of a FlinkDeployment: the user's, with ours merged last. */
final class PodTemplates {
    /** User and group of Flink's images. */
    private static final int FLINK_USER = 9999;

    private PodTemplates() {}

    /**
     * @param users the user's template, free of what {@link RefusedFields} reports
     * @param configMap name of the ConfigMap with the job configuration
     * @param labels set on the pods, so that people find them by pipeline
     * @param secrets mounted beside the configuration
     */
    static Map<String, Object> of(
            Map<String, Object> users, String configMap, Map<String, String> labels, SinkSecrets secrets) {
        Map<String, Object> template = copy(CanonicalJson.normalizedMap(users));
        Map<String, Object> metadata = copy(template.get("metadata"));
        Map<String, Object> allLabels = copy(metadata.get("labels"));
        allLabels.putAll(labels);
        metadata.put("labels", allLabels);
        template.put("metadata", metadata);

        Map<String, Object> spec = copy(template.get("spec"));
        spec.put("securityContext", securityContext(copy(spec.get("securityContext"))));
        spec.put("containers", containers(list(spec.get("containers")), secrets));
        spec.computeIfPresent("initContainers", (key, containers) -> list(containers).stream()
                .map(PodTemplates::withQuantities)
                .toList());
        List<Object> volumes = list(spec.get("volumes"));
        volumes.add(Map.of("name", Names.CONFIG_VOLUME, "configMap", Map.of("name", configMap)));
        volumes.addAll(secrets.volumes());
        spec.put("volumes", volumes);
        template.put("spec", spec);
        return template;
    }

    private static Map<String, Object> securityContext(Map<String, Object> users) {
        if (!users.containsKey("runAsUser") && !users.containsKey("runAsGroup")) {
            users.put("runAsUser", FLINK_USER);
            users.put("runAsGroup", FLINK_USER);
        }
        users.putIfAbsent("fsGroup", FLINK_USER);
        return users;
    }

    private static List<Object> containers(List<Object> users, SinkSecrets secrets) {
        List<Object> containers = new ArrayList<>();
        boolean found = false;
        for (Object container : users) {
            Map<String, Object> copy = withQuantities(container);
            if (Names.MAIN_CONTAINER.equals(copy.get("name"))) {
                found = true;
                mountConfiguration(copy, secrets);
            }
            containers.add(copy);
        }
        if (!found) {
            Map<String, Object> main = new TreeMap<>(Map.of("name", Names.MAIN_CONTAINER));
            mountConfiguration(main, secrets);
            containers.add(0, main);
        }
        return containers;
    }

    /** FKO's schema takes whole numbers and texts for quantities, so that cpu: 0.5 has to become "0.5". */
    private static Map<String, Object> withQuantities(Object container) {
        Map<String, Object> copy = copy(container);
        copy.computeIfPresent("resources", (key, value) -> {
            Map<String, Object> resources = copy(value);
            resources.computeIfPresent("requests", (kind, amounts) -> texts(amounts));
            resources.computeIfPresent("limits", (kind, amounts) -> texts(amounts));
            return resources;
        });
        return copy;
    }

    private static Map<String, Object> texts(Object amounts) {
        Map<String, Object> copy = copy(amounts);
        copy.replaceAll((resource, amount) -> String.valueOf(amount));
        return copy;
    }

    private static void mountConfiguration(Map<String, Object> container, SinkSecrets secrets) {
        List<Object> mounts = list(container.get("volumeMounts"));
        mounts.add(Map.of("name", Names.CONFIG_VOLUME, "mountPath", Names.CONFIG_FOLDER, "readOnly", true));
        mounts.addAll(secrets.mounts());
        container.put("volumeMounts", mounts);
    }

    private static Map<String, Object> copy(Object object) {
        Map<String, Object> copy = new TreeMap<>();
        if (object != null) {
            ((Map<?, ?>) object).forEach((key, value) -> copy.put((String) key, value));
        }
        return copy;
    }

    private static List<Object> list(Object list) {
        return list == null ? new ArrayList<>() : new ArrayList<>((List<?>) list);
    }
}
