package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.doubles.NotRecorded;
import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Volumes of a pod template as folders of this machine: ConfigMaps and Secrets are copied from the API server, host paths
 * are used as they are. Whatever names a mount path is rewritten to the folder.
 */
final class PodFiles {

    private final Map<String, Path> mounts;
    private final Map<String, String> environment;

    private PodFiles(Map<String, Path> mounts, Map<String, String> environment) {
        this.mounts = mounts;
        this.environment = environment;
    }

    /** A ConfigMap or Secret is not there: the kubelet would wait for it. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    /** Lays out the volumes of the main container. */
    static PodFiles lay(KubernetesClient client, DeploymentKey key, FlinkSpec spec, Path folder) throws Missing {
        Map<String, Path> volumes = new HashMap<>();
        Map<String, Path> mounts =
                new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        Map<String, String> environment = new HashMap<>();
        for (JsonNode template : spec.podTemplates()) {
            for (JsonNode volume : template.path("spec").path("volumes")) {
                String name = volume.path("name").asText();
                volumes.put(name, volume(client, key, volume, folder.resolve(name)));
            }
            for (JsonNode container : template.path("spec").path("containers")) {
                if (container.path("name").asText().equals("flink-main-container")) {
                    container.path("volumeMounts").forEach(mount -> mount(mount, volumes, mounts));
                    for (JsonNode variable : container.path("env")) {
                        environment.put(variable.path("name").asText(), value(client, key, variable));
                    }
                }
            }
        }
        return new PodFiles(mounts, environment);
    }

    /** A text with mount paths replaced, longest first. */
    String rewrite(String text) {
        String rewritten = text;
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            String path = mount.getKey().replaceAll("/+$", "");
            rewritten = rewritten.replaceAll(
                    Pattern.quote(path) + "(?=/|$|[^A-Za-z0-9._-])",
                    Matcher.quoteReplacement(mount.getValue().toString()));
        }
        return rewritten;
    }

    /** Environment of the main container. */
    Map<String, String> environment() {
        Map<String, String> rewritten = new HashMap<>();
        environment.forEach((name, value) -> rewritten.put(name, rewrite(value)));
        return rewritten;
    }

    private static void mount(JsonNode mount, Map<String, Path> volumes, Map<String, Path> mounts) {
        Path volume = volumes.get(mount.path("name").asText());
        if (volume == null) {
            throw new NotRecorded("a mount of volume '" + mount.path("name").asText() + "', which the pod template does"
                    + " not have");
        }
        String subPath = mount.path("subPath").asText();
        mounts.put(mount.path("mountPath").asText(), subPath.isEmpty() ? volume : volume.resolve(subPath));
    }

    private static Path volume(KubernetesClient client, DeploymentKey key, JsonNode volume, Path folder)
            throws Missing {
        if (volume.has("configMap")) {
            JsonNode source = volume.path("configMap");
            return write(folder, configMap(client, key, source.path("name").asText()), source.path("items"));
        }
        if (volume.has("secret")) {
            JsonNode source = volume.path("secret");
            return write(folder, secret(client, key, source.path("secretName").asText()), source.path("items"));
        }
        if (volume.has("hostPath")) {
            return Path.of(volume.path("hostPath").path("path").asText());
        }
        if (volume.has("emptyDir")) {
            return write(folder, Map.of(), volume.path("items"));
        }
        throw new NotRecorded("the kind of volume " + volume);
    }

    private static Map<String, String> configMap(KubernetesClient client, DeploymentKey key, String name)
            throws Missing {
        ConfigMap configMap =
                client.configMaps().inNamespace(key.namespace()).withName(name).get();
        if (configMap == null) {
            throw new Missing("configmap \"" + name + "\" not found");
        }
        return Objects.requireNonNullElse(configMap.getData(), Map.of());
    }

    private static Map<String, String> secret(KubernetesClient client, DeploymentKey key, String name) throws Missing {
        Secret secret =
                client.secrets().inNamespace(key.namespace()).withName(name).get();
        if (secret == null) {
            throw new Missing("secret \"" + name + "\" not found");
        }
        Map<String, String> decoded = new HashMap<>();
        Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                .forEach((file, value) ->
                        decoded.put(file, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return decoded;
    }

    private static String value(KubernetesClient client, DeploymentKey key, JsonNode variable) throws Missing {
        JsonNode from = variable.path("valueFrom");
        if (from.has("secretKeyRef")) {
            JsonNode ref = from.path("secretKeyRef");
            return secret(client, key, ref.path("name").asText())
                    .get(ref.path("key").asText());
        }
        if (from.has("configMapKeyRef")) {
            JsonNode ref = from.path("configMapKeyRef");
            return configMap(client, key, ref.path("name").asText())
                    .get(ref.path("key").asText());
        }
        if (!from.isMissingNode()) {
            throw new NotRecorded("an environment variable from " + from);
        }
        return variable.path("value").asText();
    }

    private static Path write(Path folder, Map<String, String> files, JsonNode items) {
        try {
            FolderTree.delete(folder);
            Files.createDirectories(folder);
            Map<String, String> names = new HashMap<>();
            items.forEach(item ->
                    names.put(item.path("key").asText(), item.path("path").asText()));
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (names.isEmpty() || names.containsKey(file.getKey())) {
                    Path target = folder.resolve(names.getOrDefault(file.getKey(), file.getKey()));
                    Files.createDirectories(target.getParent());
                    Files.writeString(target, file.getValue());
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("The volume " + folder + " cannot be laid out", e);
        }
    }
}
