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
import io.kafkaflink.model.Header;
import io.kafkaflink.model.JobConfiguration.Discard;
import io.kafkaflink.model.JobConfiguration.Print;
import io.kafkaflink.model.Partitioning;
import io.kafkaflink.model.RecordTimestamp;
import java.util.List;
import java.util.stream.Stream;

/** Where records go: a unique name, part of the sink's uid, and exactly one kind. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.kafka), has(self.jdbc), has(self.print), has(self.discard)].filter(x, x).size() == 1",
        message = "set exactly one kind of sink: kafka, jdbc, print or discard")
public record SinkSpec(
        @Required
        @Size(max = 40)
        @Pattern(KafkaFlinkPipeline.NAME_PATTERN)
        @JsonPropertyDescription("Unique name of the sink; its state is kept under the uid sink-<name>-<generation>.")
        String name,

        @JsonPropertyDescription("Writes a Kafka topic.") Kafka kafka,

        @JsonPropertyDescription("Prints records to the TaskManager's log, to try things out.")
        Print print,

        @JsonPropertyDescription("Drops records, to measure sources and steps.")
        Discard discard,

        @JsonPropertyDescription("Keeps a table of a PostgreSQL database: the newest record of each key is a row.")
        JdbcSpec jdbc) {

    /** Writes a Kafka topic, or of several the one that a field names. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(value = "has(self.topic) || has(self.topics)", message = "set topic, or topicField and topics")
    @ValidationRule(
            value = "has(self.topics) == has(self.topicField)",
            message = "topicField and topics need each other: the one names a topic, the other lists what it may name")
    @ValidationRule(
            value = "(self.timestamp == 'Field') == has(self.timestampField)",
            message = "timestampField and timestamp: Field need each other")
    @ValidationRule(
            value = "(self.partitioner == 'Custom') == has(self.partitionerClass)",
            message = "partitionerClass and partitioner: Custom need each other")
    @ValidationRule(
            value = "!has(self.tombstoneWhen) || has(self.keyField) || has(self.format.jsonKeyValue)",
            message = "tombstoneWhen needs keyField: a tombstone deletes its key")
    @ValidationRule(
            value = "!has(self.format.deserializer)",
            fieldPath = ".format",
            message = "deserializer is for the source: set serializer")
    public record Kafka(
            @JsonPropertyDescription("The topic to write; beside topics, the one for records that name none of them.")
            Topic topic,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("String field that names the topic of a record. Without topic, one that names none"
                    + " of topics fails the job.")
            String topicField,

            @Size(min = 1, max = 20) @JsonPropertyDescription("The topics that topicField may name, unique by name.")
            List<Topic> topics,

            @Required @JsonPropertyDescription("How record values are written.")
            Format format,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("Field whose text becomes the record key; without it records have no key.")
            String keyField,

            @Size(max = 20)
            @JsonPropertyDescription("Headers of every record, unique by name: fixed texts, or texts of fields.")
            List<Header> headers,

            @Default("EventTime")
            @JsonPropertyDescription("EventTime, Field (timestampField), or None for the time of writing.")
            RecordTimestamp timestamp,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("With timestamp Field: a Long field with epoch milliseconds.")
            String timestampField,

            @Default("Default")
            @JsonPropertyDescription("Default: by key, else spread. Fixed: each subtask writes one partition."
                    + " SourcePartition: the one it was read from. Custom: partitionerClass.")
            Partitioning partitioner,

            @Size(max = 200)
            @Pattern("^[A-Za-z_][A-Za-z0-9_.$]*$")
            @JsonPropertyDescription(
                    "With partitioner Custom: a class in the image that implements Kafka's Partitioner.")
            String partitionerClass,

            @Size(min = 1, max = 2000)
            @JsonPropertyDescription("CEL expression; where it is true a record has its key and no value: a tombstone.")
            String tombstoneWhen,

            @Default("{}") @JsonPropertyDescription("What is promised about lost and repeated records.")
            Delivery delivery) {
        public Kafka {
            topics = topics == null ? null : List.copyOf(topics);
            headers = headers == null || headers.isEmpty() ? null : List.copyOf(headers);
            timestamp = timestamp == null ? RecordTimestamp.EventTime : timestamp;
            partitioner = partitioner == null ? Partitioning.Default : partitioner;
            delivery = delivery == null ? new Delivery(null, null, null) : delivery;
        }

        /** Every topic that it may write. */
        public List<Topic> written() {
            return Stream.concat(
                            Stream.ofNullable(topic), Stream.ofNullable(topics).flatMap(List::stream))
                    .toList();
        }
    }
}
