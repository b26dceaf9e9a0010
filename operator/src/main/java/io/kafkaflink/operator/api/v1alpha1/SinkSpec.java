package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.Delivery;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.JobConfiguration.Discard;
import io.kafkaflink.model.JobConfiguration.Print;

/** Where records go: a unique name, part of the sink's uid, and exactly one kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.kafka), has(self.print), has(self.discard)].filter(x, x).size() == 1",
        message = "set exactly one kind of sink: kafka, print or discard")
public record SinkSpec(
        @Required
        @Size(min = 1, max = 40)
        @Pattern(KafkaFlinkPipeline.NAME_PATTERN)
        @JsonPropertyDescription("Unique name of the sink; its state is kept under the uid sink-<name>-<generation>.")
        String name,

        @JsonPropertyDescription("Writes a Kafka topic.") Kafka kafka,

        @JsonPropertyDescription("Prints records to the TaskManager's log, to try things out.")
        Print print,

        @JsonPropertyDescription("Drops records, to measure sources and steps.")
        Discard discard) {

    /** Writes a Kafka topic. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.format.json) || !has(self.format.json.fields)",
            fieldPath = ".format.json",
            message = "fields is not used in a sink, which writes all fields of the record; remove it")
    public record Kafka(
            @Required @JsonPropertyDescription("The topic to write.")
            Topic topic,

            @Required @JsonPropertyDescription("How record values are written: exactly one of string and json.")
            Format format,

            @Size(min = 1, max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("Field whose text becomes the record key; without it records have no key.")
            String keyField,

            @Default("{}") @JsonPropertyDescription("What is promised about lost and repeated records.")
            Delivery delivery) {
        public Kafka {
            delivery = delivery == null ? new Delivery(null, null, null) : delivery;
        }
    }
}
