package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlinkDefinitionReaderTest {

    @Test
    @DisplayName("FKO 1.15: flinkVersion v2_2 and conditions")
    void present() {
        assertThat(judge("\"v1_20\", \"v2_2\"", ", \"conditions\": {}")).isEmpty();
    }

    @Test
    @DisplayName("FKO 1.13 and 1.14 know v2_2 and have no conditions, 1.12 does not know v2_2")
    void older() {
        assertThat(judge("\"v1_20\", \"v2_2\"", ""))
                .hasValueSatisfying(sign -> assertThat(sign).contains("no status.conditions"));
        assertThat(judge("\"v1_20\", \"v2_0\"", ""))
                .hasValueSatisfying(sign -> assertThat(sign).contains("knows no flinkVersion v2_2"));
    }

    @Test
    @DisplayName("a schema that says too little, or none, proves nothing")
    void unknown() throws JsonProcessingException {
        assertThat(FlinkDefinitionReader.olderThanNeeded(new ObjectMapper().readTree("{}")))
                .isEmpty();
        assertThat(read("{\"spec\": {}, \"status\": {}}")).isEmpty();
    }

    private static Optional<String> judge(String versions, String condition) {
        return read("{\"spec\": {\"properties\": {\"flinkVersion\": {\"enum\": [" + versions + "]}}},"
                + " \"status\": {\"properties\": {\"error\": {}" + condition + "}}}");
    }

    private static Optional<String> read(String properties) {
        try {
            return FlinkDefinitionReader.olderThanNeeded(new ObjectMapper().readTree("""
                    {"components": {"schemas": {
                      "org.apache.flink.v1beta1.FlinkDeploymentList": {
                        "x-kubernetes-group-version-kind": [{"kind": "FlinkDeploymentList"}]},
                      "org.apache.flink.v1beta1.FlinkDeployment": {
                        "properties": %s,
                        "x-kubernetes-group-version-kind": [
                          {"group": "flink.apache.org", "kind": "FlinkDeployment", "version": "v1beta1"}]}}}}
                    """.formatted(properties)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
