package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A place in a topic: the next record to read, or the first one not to. */
public record PartitionOffset(
        @Required @Size(min = 1, max = 249) @JsonPropertyDescription("One of the topics that are read.")
        String topic,

        @Required @Min(0) @Max(99_999) @JsonPropertyDescription("Number of the partition, from 0.")
        Integer partition,

        @Required @Min(0) @JsonPropertyDescription("Offset of a record in it.")
        Long offset) {

    /** The longest list of them: enough for the largest topics, few enough for the API server. */
    public static final long MOST = 1000;
}
