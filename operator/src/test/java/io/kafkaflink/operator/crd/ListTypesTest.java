package io.kafkaflink.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ListTypesTest {
    private final ObjectNode schema = (ObjectNode) GeneratedCrd.tree().at("/spec/versions/0/schema/openAPIV3Schema");

    @Test
    @DisplayName("acknowledgements are identified by risk and value, sinks by name")
    void keys() {
        assertThat(schema.at("/properties/spec/properties/upgrade/properties/acknowledge/x-kubernetes-list-map-keys")
                        .toString())
                .isEqualTo("[\"risk\",\"value\"]");
        assertThat(schema.at("/properties/spec/properties/sinks/x-kubernetes-list-type")
                        .asText())
                .isEqualTo("map");
    }

    @Test
    @DisplayName("a list that was renamed in the records is noticed")
    void renamed() {
        ((ObjectNode) schema.at("/properties/spec/properties")).remove("sinks");

        assertThatThrownBy(() -> ListTypes.mark(schema)).hasMessageContaining("spec.sinks");
    }
}
