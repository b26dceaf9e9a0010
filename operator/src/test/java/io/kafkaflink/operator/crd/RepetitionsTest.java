package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RepetitionsTest {
    private static final String SINK = "/properties/spec/properties/sinks/items/properties/kafka/properties";

    private final ObjectNode schema = (ObjectNode) GeneratedCrd.tree().at("/spec/versions/0/schema/openAPIV3Schema");

    @Test
    @DisplayName("the topics of a sink have what those of a source have, and say so in place of describing it again")
    void topics() {
        JsonNode read = schema.at("/properties/spec/properties/source/properties/kafka/properties/topics/items");
        List<JsonNode> written = List.of(schema.at(SINK + "/topic"), schema.at(SINK + "/topics/items"));

        assertThat(written).allSatisfy(topic -> assertThat(
                        topic.path("properties").properties())
                .extracting(field -> field.getValue().path("description").asText())
                .containsOnly("As in source.kafka.topics."));
        assertThat(read.path("properties").properties())
                .extracting(field -> field.getValue().path("description").asText())
                .doesNotContain("As in source.kafka.topics.");
        assertThat(written).extracting(RepetitionsTest::undescribed).containsOnly(undescribed(read));
    }

    private static JsonNode undescribed(JsonNode topic) {
        ObjectNode bare = topic.deepCopy();
        bare.remove("description");
        bare.path("properties").forEach(field -> ((ObjectNode) field).remove("description"));
        return bare;
    }

    @Test
    @DisplayName("a part that was renamed in the records is noticed")
    void renamed() {
        ((ObjectNode) schema.at(SINK)).remove("topics");

        assertThatThrownBy(() -> Repetitions.shorten(schema)).hasMessageContaining("spec.sinks.kafka.topics");
    }
}
