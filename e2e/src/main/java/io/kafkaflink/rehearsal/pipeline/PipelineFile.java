package io.kafkaflink.rehearsal.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kafkaflink.rehearsal.input.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The user's YAML with one KafkaFlinkPipeline. Whether its spec is valid is for the API server to say.
 *
 * @param file as given
 * @param manifest the whole resource
 */
public record PipelineFile(Path file, ObjectNode manifest) {
    public static final String KIND = "KafkaFlinkPipeline";
    private static final String GROUP = "kafkaflink.io/";
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Reads a file.
     *
     * @throws BadInputException when it cannot be read, is no YAML, or does not hold exactly one KafkaFlinkPipeline
     */
    public static PipelineFile read(Path file) {
        List<JsonNode> documents;
        try (MappingIterator<JsonNode> parsed = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            documents = parsed.readAll();
        } catch (IOException | RuntimeException malformed) {
            throw new BadInputException(file + " is not readable YAML: " + malformed.getMessage());
        }
        List<ObjectNode> pipelines = documents.stream()
                .filter(document -> KIND.equals(document.path("kind").asText()))
                .filter(document -> document.path("apiVersion").asText().startsWith(GROUP))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
        if (pipelines.size() != 1 || documents.size() != 1) {
            throw new BadInputException(file + " holds " + documents.size() + " YAML documents, of which "
                    + pipelines.size() + " of kind " + KIND + " and apiVersion " + GROUP + "v1alpha1; expected exactly"
                    + " one document with one " + KIND);
        }
        if (pipelines.get(0).path("metadata").path("name").asText().isEmpty()) {
            throw new BadInputException(file + ": metadata.name is missing; expected a name such as clickstream");
        }
        return new PipelineFile(file, pipelines.get(0));
    }

    /**
     * Reads what this pipeline is to become.
     *
     * @throws BadInputException when it is not the same resource
     */
    public PipelineFile readUpgrade(Path changed) {
        PipelineFile next = read(changed);
        if (!next.name().equals(name()) || !next.namespace().equals(namespace())) {
            throw new BadInputException(changed + " holds " + next.namespace() + "/" + next.name() + "; expected "
                    + namespace() + "/" + name() + ", the pipeline of " + file + ", changed");
        }
        return next;
    }

    public String name() {
        return manifest.path("metadata").path("name").asText();
    }

    /** The namespace the file names, else {@code default}. */
    public String namespace() {
        return manifest.path("metadata").path("namespace").asText("default");
    }

    /** The service account of its Flink pods; {@code flink} is the operator's default. */
    public String flinkServiceAccount() {
        return manifest.path("spec").path("flink").path("serviceAccount").asText("flink");
    }

    /** Its job finishes by itself. */
    public boolean ends() {
        JsonNode source = manifest.path("spec").path("source");
        return source.path("datagen").has("count")
                || !"Never".equals(source.at("/kafka/stoppingOffsets/mode").asText("Never"));
    }

    /** What the rehearsal has to know of it. */
    public Shape shape() {
        return Shape.read(manifest.path("spec"));
    }
}
