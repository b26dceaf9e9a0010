package io.kafkaflink.doubles;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The custom resource definitions of Strimzi (KafkaTopic) and of the Flink operator (FlinkDeployment,
 * FlinkStateSnapshot). They are not part of this project: the released files are used in place when they are beside the
 * checkout, else schemas of our own, which accept the same resources but leave pod templates unchecked.
 *
 * @param origin where they come from, for people
 */
public record ForeignCrds(String origin, List<CustomResourceDefinition> definitions) {

    private static final List<String> RELEASED = List.of(
            "kafkatopics.yaml",
            "flinkdeployments.flink.apache.org-v1.yml",
            "flinkstatesnapshots.flink.apache.org-v1.yml");
    private static final List<String> OWN =
            List.of("kafkatopics.yaml", "flinkdeployments.yaml", "flinkstatesnapshots.yaml");

    public ForeignCrds {
        definitions = List.copyOf(definitions);
    }

    /** The released ones when they are there, else our own. */
    public static ForeignCrds find() {
        return released().orElseGet(ForeignCrds::own);
    }

    /** The released ones, looked for in {@code shared/contracts/crds} of this and every parent folder. */
    public static Optional<ForeignCrds> released() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/contracts/crds");
            if (RELEASED.stream().allMatch(file -> Files.isRegularFile(candidate.resolve(file)))) {
                return Optional.of(new ForeignCrds(
                        candidate.toString(),
                        RELEASED.stream()
                                .map(file -> read(candidate.resolve(file)))
                                .toList()));
            }
        }
        return Optional.empty();
    }

    /** Our own schemas. */
    public static ForeignCrds own() {
        return new ForeignCrds(
                "schemas of this project",
                OWN.stream().map(ForeignCrds::resource).toList());
    }

    /**
     * Applies them and waits until they are served.
     *
     * @param real whether the API server reports when a definition is established; the in-memory one does not
     */
    public void install(KubernetesClient client, boolean real) {
        for (CustomResourceDefinition definition : definitions) {
            client.resource(definition).forceConflicts().serverSideApply();
        }
        if (real) {
            definitions.forEach(definition ->
                    client.resource(definition).waitUntilCondition(ForeignCrds::established, 30, TimeUnit.SECONDS));
        }
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Established")
                                && c.getStatus().equals("True"));
    }

    private static CustomResourceDefinition read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return Serialization.unmarshal(content, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The custom resource definition " + file + " cannot be read", e);
        }
    }

    private static CustomResourceDefinition resource(String file) {
        try (InputStream content = ForeignCrds.class.getResourceAsStream(file)) {
            return Serialization.unmarshal(content, CustomResourceDefinition.class);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema " + file + " cannot be read", e);
        }
    }
}
