package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.DatagenSource;
import io.kafkaflink.model.Format;
import io.kafkaflink.model.IsolationLevel;
import io.kafkaflink.model.OnError;
import io.kafkaflink.model.SourcePartition;
import io.kafkaflink.model.StartingOffsets;
import io.kafkaflink.model.StoppingOffsets;
import io.kafkaflink.model.Subscription;
import io.kafkaflink.model.Timespan;
import java.util.List;

/** Where records come from: exactly one member is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.kafka) != has(self.datagen)", message = "set exactly one source: kafka or datagen")
@ValidationRule(
        value = "has(self.kafka) == has(oldSelf.kafka)",
        message = "the kind of source is immutable: its state cannot move between kafka and datagen; create another"
                + " pipeline")
public record SourceSpec(
        @JsonPropertyDescription("Reads Kafka topics.") Kafka kafka,

        @JsonPropertyDescription("Generates text records, to try out steps and sinks.")
        DatagenSource datagen) {

    /** The job finishes by itself, when it has read all that it is to read. */
    public boolean ends() {
        return kafka == null
                ? datagen != null && datagen.count() != null
                : kafka.stoppingOffsets().mode() != StoppingOffsets.Mode.Never;
    }

    /** Reads Kafka topics. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(oldSelf.groupId) || (has(self.groupId) && self.groupId == oldSelf.groupId)",
            fieldPath = ".groupId",
            message = "groupId is immutable once set: committed offsets belong to it; create another pipeline to read"
                    + " with another group")
    @ValidationRule(
            value = "[has(self.topics), has(self.topicPattern), has(self.partitions)].exists_one(set, set)",
            message = "set exactly one of topics, topicPattern and partitions")
    @ValidationRule(
            value = "!has(self.topicPattern) || self.stoppingOffsets.mode == 'Never'",
            fieldPath = ".stoppingOffsets",
            message =
                    "with topicPattern reading has no end: a topic that is found later would have none; list topics or"
                            + " partitions")
    @ValidationRule(
            value = "!has(self.format.json) || (has(self.format.json.fields) && self.format.json.fields.size() > 0)",
            fieldPath = ".format.json",
            message = "fields is required in a source: list the members to read, each with name and type")
    @ValidationRule(
            value = "!has(self.format.avro) || has(self.format.avro.schema)",
            fieldPath = ".format.avro",
            message = "schema is required in a source: set the Avro schema of its records, as JSON")
    @ValidationRule(
            value = "!has(self.format.serializer)",
            fieldPath = ".format",
            message = "serializer is for sinks: set deserializer")
    public record Kafka(
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
            @Size(min = 1, max = 50)
            @JsonPropertyDescription("The topics to read, unique by name.")
            List<Topic> topics,

            @Size(min = 1, max = 500)
            @JsonPropertyDescription("Instead: every topic whose name matches this Java regular expression as a whole, "
                    + "now and later. No KafkaTopic is used.")
            String topicPattern,

            @Size(min = 1, max = SourcePartition.MOST)
            @JsonPropertyDescription("Instead: these partitions and no others. No KafkaTopic is used.")
            List<SourcePartition> partitions,

            @Size(max = 249)
            @Pattern("^[a-zA-Z0-9._-]+$")
            @JsonPropertyDescription("Consumer group that offsets are committed to; default:"
                    + " <namespace>.<name>. Immutable once set.")
            String groupId,

            @Default("{}") @JsonPropertyDescription("Where a partition without state is read from.")
            StartingOffsets startingOffsets,

            @Default("{}")
            @JsonPropertyDescription(
                    "Up to where each partition is read; then the pipeline is Completed. Fixed once the job "
                            + "has started.")
            StoppingOffsets stoppingOffsets,

            @Required @JsonPropertyDescription("How record values are read.")
            Format format,

            @Default("ReadCommitted")
            @JsonPropertyDescription("ReadCommitted leaves out records of open and aborted transactions;"
                    + " ReadUncommitted reads everything.")
            IsolationLevel isolationLevel,

            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("How often new partitions are looked for, as in 30s or 5m.")
            String partitionDiscoveryInterval,

            @Default("{}") @JsonPropertyDescription("What becomes of a record that cannot be read.")
            OnError onError,

            @Size(max = 200) @JsonPropertyDescription("Beginning of client ids.")
            String clientIdPrefix,

            @Size(max = 100) @JsonPropertyDescription("Environment variable with the rack.")
            String rackFromEnv,

            @Default("true") @JsonPropertyDescription("Report the consumer's metrics.")
            Boolean registerConsumerMetrics) {
        public Kafka {
            topics = topics == null ? List.of() : List.copyOf(topics);
            partitions = partitions == null ? null : List.copyOf(partitions);
            startingOffsets = startingOffsets == null ? StartingOffsets.of(null) : startingOffsets;
            stoppingOffsets = stoppingOffsets == null ? StoppingOffsets.NEVER : stoppingOffsets;
            isolationLevel = isolationLevel == null ? IsolationLevel.ReadCommitted : isolationLevel;
            partitionDiscoveryInterval = partitionDiscoveryInterval == null ? "5m" : partitionDiscoveryInterval;
            onError = onError == null ? OnError.FAIL : onError;
            registerConsumerMetrics = registerConsumerMetrics == null || registerConsumerMetrics;
        }

        /** What is read. */
        public Subscription subscription() {
            return Subscription.of(topics.stream().map(Topic::name).toList(), topicPattern, partitions);
        }
    }
}
