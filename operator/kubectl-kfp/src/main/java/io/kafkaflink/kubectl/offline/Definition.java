package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonNodePath;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schema of the custom resource definition that comes with this version. */
final class Definition {
    private static final String FILE = "/crds/kafkaflinkpipelines.kafkaflink.io.yaml";
    private static final JsonNode SCHEMA = read();

    private Definition() {}

    static JsonNode schema() {
        return SCHEMA;
    }

    /** What the schema says of a field. */
    static JsonNode at(JsonNodePath field) {
        JsonNode schema = SCHEMA;
        for (int i = 0; i < field.getNameCount(); i++) {
            JsonNode properties = schema.path("properties");
            String step = field.getElement(i) instanceof Integer ? "items" : "additionalProperties";
            schema = properties.has(field.getName(i)) ? properties.get(field.getName(i)) : schema.path(step);
        }
        return schema;
    }

    private static JsonNode read() {
        try (InputStream file = KafkaFlinkPipeline.class.getResourceAsStream(FILE)) {
            return new ObjectMapper(new YAMLFactory()).readTree(file).at("/spec/versions/0/schema/openAPIV3Schema");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
