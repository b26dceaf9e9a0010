package io.kafkaflink.rehearsal.control;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.kafkaflink.rehearsal.stage.JobImages;
import io.kafkaflink.rehearsal.stage.JobVersions;
import io.kafkaflink.rehearsal.stage.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * A job that people run without our operator: a FlinkDeployment and a ConfigMap, written by hand.
 *
 * @param name of the FlinkDeployment; begins the names of its topics
 */
final class BareJob {
    private static final JobVersions VERSIONS = new JobVersions("2.2", "5.0.0");
    private static final String MANAGER = "somebody";

    private final KubernetesClient client;
    private final Map<String, String> values = new HashMap<>();
    private final String namespace;
    private final String name;

    BareJob(Stage stage, String namespace, String name) {
        this.client = stage.client();
        this.namespace = namespace;
        this.name = name;
        values.put("name", name);
        values.put("namespace", namespace);
        values.put("bootstrapServers", stage.bootstrapServers());
        values.put("stateDir", stage.stateDir());
        values.put("image", JobImages.name(VERSIONS));
        values.put("generation", "1");
        values.put("bufferTimeout", "100 ms");
        values.put("state", "running");
        values.put("allowNonRestoredState", "false");
    }

    static JobVersions versions() {
        return VERSIONS;
    }

    String name() {
        return name;
    }

    /** Sets a value of the two templates for the next {@link #apply}. */
    BareJob set(String key, String value) {
        values.put(key, value);
        return this;
    }

    /** Applies both, as with {@code kubectl apply}. */
    void apply() {
        String configuration = text("/control/pipeline.yaml", values);
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name + "-" + values.get("generation"))
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToData("pipeline.yaml", configuration)
                        .build())
                .fieldManager(MANAGER)
                .serverSideApply();
        values.put("configHash", sha256(configuration));
        client.resource(client.getKubernetesSerialization()
                        .unmarshal(text("/control/flinkdeployment.yaml", values), GenericKubernetesResource.class))
                .fieldManager(MANAGER)
                .serverSideApply();
    }

    void delete() {
        resource().delete();
    }

    /** Why it does not run as applied; empty when it does. */
    Optional<String> notRunning() {
        GenericKubernetesResource found = resource().get();
        Object state = found.get("status", "jobStatus", "state");
        Object observed = found.get("status", "observedGeneration");
        boolean current = observed instanceof Number number
                && number.longValue() == found.getMetadata().getGeneration();
        return current && "RUNNING".equals(state)
                ? Optional.empty()
                : Optional.of("job " + state + ", generation "
                        + found.getMetadata().getGeneration() + " observed " + observed);
    }

    /** Why it is not stopped; empty when it is. */
    Optional<String> notSuspended() {
        Object lifecycle = resource().get().get("status", "lifecycleState");
        return "SUSPENDED".equals(lifecycle) ? Optional.empty() : Optional.of("lifecycle " + lifecycle);
    }

    /** What it was stopped with. */
    String savepoint() {
        Object path = resource().get().get("status", "jobStatus", "upgradeSavepointPath");
        return String.valueOf(path);
    }

    String namespace() {
        return namespace;
    }

    /** Fills a template with the values. */
    String filled(String resource, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(more);
        return text(resource, all);
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources("flink.apache.org/v1beta1", "FlinkDeployment")
                .inNamespace(namespace)
                .withName(name);
    }

    private static String text(String resource, Map<String, String> values) {
        try (InputStream in = BareJob.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
