package io.kafkaflink.operator.desired;

import io.kafkaflink.operator.api.v1alpha1.AuthenticationSpec;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pod template of a FlinkDeployment: the user's, with ours merged last. */
final class PodTemplates {
    /** User and group of Flink's images. */
    private static final int FLINK_USER = 9999;
    /** Where Java looks for it. */
    private static final String KERBEROS_FILE = "/etc/krb5.conf";

    private PodTemplates() {}

    /**
     * @param users the user's template, free of what {@link RefusedFields} reports
     * @param configMap name of the ConfigMap with the job configuration
     * @param labels set on the pods, so that people find them by pipeline
     * @param kafka names the Secrets to mount for its clients; null without Kafka
     * @param secrets of sinks, mounted beside the configuration
     */
    static Map<String, Object> of(
            Map<String, Object> users,
            String configMap,
            Map<String, String> labels,
            KafkaSpec kafka,
            List<SecretMount> secrets) {
        Map<String, Object> template = copy(CanonicalJson.normalizedMap(users));
        Map<String, Object> metadata = copy(template.get("metadata"));
        Map<String, Object> allLabels = copy(metadata.get("labels"));
        allLabels.putAll(labels);
        metadata.put("labels", allLabels);
        authentication(kafka)
                .map(AuthenticationSpec::revision)
                .ifPresent(revision -> metadata.put(
                        "annotations",
                        with(metadata.get("annotations"), Annotations.AUTHENTICATION_REVISION, revision)));
        template.put("metadata", metadata);

        Map<String, Object> spec = copy(template.get("spec"));
        spec.put("securityContext", securityContext(copy(spec.get("securityContext"))));
        List<Object> mounts = mounts(kafka);
        secrets.forEach(secret -> mounts.add(secret.mount()));
        spec.put("containers", containers(list(spec.get("containers")), mounts));
        spec.computeIfPresent("initContainers", (key, containers) -> list(containers).stream()
                .map(PodTemplates::withQuantities)
                .toList());
        List<Object> volumes = list(spec.get("volumes"));
        volumes.add(Map.of("name", Names.CONFIG_VOLUME, "configMap", Map.of("name", configMap)));
        KafkaSecrets.of(kafka).forEach(secret -> volumes.add(secret.volume()));
        secrets.forEach(secret -> volumes.add(secret.volume()));
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

    private static Optional<AuthenticationSpec> authentication(KafkaSpec kafka) {
        return Optional.ofNullable(kafka).map(KafkaSpec::authentication);
    }

    private static List<Object> mounts(KafkaSpec kafka) {
        List<Object> mounts = new ArrayList<>();
        mounts.add(Map.of("name", Names.CONFIG_VOLUME, "mountPath", Names.CONFIG_FOLDER, "readOnly", true));
        for (SecretMount secret : KafkaSecrets.of(kafka)) {
            mounts.add(secret.mount());
            authentication(kafka)
                    .filter(who -> who.type() == AuthenticationSpec.Type.Kerberos)
                    .filter(who -> who.secretName().equals(secret.secretName()))
                    .ifPresent(who -> mounts.add(secret.file("krb5.conf", KERBEROS_FILE)));
        }
        return mounts;
    }

    private static List<Object> containers(List<Object> users, List<Object> mounts) {
        List<Object> containers = new ArrayList<>();
        boolean found = false;
        for (Object container : users) {
            Map<String, Object> copy = withQuantities(container);
            if (Names.MAIN_CONTAINER.equals(copy.get("name"))) {
                found = true;
                mount(copy, mounts);
            }
            containers.add(copy);
        }
        if (!found) {
            Map<String, Object> main = new TreeMap<>(Map.of("name", Names.MAIN_CONTAINER));
            mount(main, mounts);
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

    private static void mount(Map<String, Object> container, List<Object> mounts) {
        List<Object> all = list(container.get("volumeMounts"));
        all.addAll(mounts);
        container.put("volumeMounts", all);
    }

    private static Map<String, Object> with(Object annotations, String key, String value) {
        Map<String, Object> all = copy(annotations);
        all.put(key, value);
        return all;
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
