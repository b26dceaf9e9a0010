package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A topic that the pipeline reads or writes.
 *
 * @param config topic configuration; values are strings, numbers or booleans, and entries that are null count as absent
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.management == 'Existing' || has(self.partitions)",
        message = "partitions is required with management Managed and External; set it")
@ValidationRule(
        value = "self.management != 'Existing' || !has(self.partitions)",
        fieldPath = ".partitions",
        message = "management Existing reads the number of partitions from the KafkaTopic; remove partitions")
@ValidationRule(
        value = "self.management == 'Managed' || !(has(self.replicas) || has(self.config))",
        message = "replicas and config are only used with management Managed; remove them")
@ValidationRule(
        value = "self.management == 'Managed' || self.deletionPolicy == 'Retain'",
        message = "deletionPolicy Delete needs management Managed: topics of others are never deleted")
@ValidationRule(
        value = "self.name != oldSelf.name || !has(self.partitions) || !has(oldSelf.partitions)"
                + " || self.partitions >= oldSelf.partitions",
        fieldPath = ".partitions",
        message = "partitions may not shrink: Kafka cannot remove any; keep the number or use another topic")
public record Topic(
        @Required @Size(max = 249) @Pattern("^[a-zA-Z0-9._-]+$") @JsonPropertyDescription("Name of the topic in Kafka.")
        String name,

        @Default("Managed")
        @JsonPropertyDescription("Managed: this pipeline makes the KafkaTopic. Existing: someone else's is read and its"
                + " partitions followed. External: none is used.")
        Management management,

        @Min(1)
        @Max(32768)
        @JsonPropertyDescription("Number of partitions, of a source also the job's parallelism. Never shrinks. Required"
                + " with Managed and External.")
        Integer partitions,

        @Min(1)
        @Max(32767)
        @JsonPropertyDescription("Replication factor of a Managed topic; the broker's default if absent.")
        Integer replicas,

        @PreserveUnknownFields
        @JsonPropertyDescription("Configuration of a Managed topic, as in retention.ms: 604800000.")
        Map<String, Object> config,

        @Default("Retain")
        @JsonPropertyDescription("What happens to a Managed topic when the pipeline is deleted or no longer uses it:"
                + " Retain or Delete.")
        DeletionPolicy deletionPolicy) {

    public Topic {
        management = management == null ? Management.Managed : management;
        config = withoutNulls(config);
        deletionPolicy = deletionPolicy == null ? DeletionPolicy.Retain : deletionPolicy;
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> config) {
        if (config == null) {
            return Map.of();
        }
        Map<String, Object> sorted = new TreeMap<>(config);
        sorted.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(sorted);
    }

    /** Who is in charge of the KafkaTopic. */
    public enum Management {
        Managed,
        Existing,
        External
    }

    /** What happens to a managed topic when it is no longer needed. */
    public enum DeletionPolicy {
        Retain,
        Delete
    }
}
