package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private static final String SINK_JSON =
            "/properties/spec/properties/sinks/items/properties/kafka/properties/format/properties/json";

    private final ObjectNode schema = (ObjectNode) GeneratedCrd.tree().at("/spec/versions/0/schema/openAPIV3Schema");

    @Test
    @DisplayName("a sink declares no fields, a source does")
    void fields() {
        assertThat(schema.at(SINK_JSON).has("description")).isTrue();
        assertThat(schema.at(SINK_JSON).has("properties")).isFalse();
        assertThat(schema.at(SINK_JSON.replace("sinks/items", "source")).at("/properties/fields/items"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("a member that was renamed in the records is noticed")
    void renamed() {
        assertThatThrownBy(() -> LeftOut.remove(schema)).hasMessageContaining("spec.sinks.kafka.format.json.fields");
    }
}
