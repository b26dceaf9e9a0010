package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/**
 * Dangers to accept and entries without effect.
 *
 * @param required entries in YAML flow style, ready to paste under {@code spec.upgrade.acknowledge}
 * @param unused entries of the spec that no present danger asks for
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AcknowledgementStatus(
        @JsonPropertyDescription("Entries to paste under spec.upgrade.acknowledge, one for each danger that waits.")
        List<String> required,

        @JsonPropertyDescription("Entries of spec.upgrade.acknowledge that no present danger asks for.")
        List<String> unused) {

    public AcknowledgementStatus {
        required = required == null ? List.of() : List.copyOf(required);
        unused = unused == null ? List.of() : List.copyOf(unused);
    }
}
