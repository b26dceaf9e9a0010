package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Comparator;

/** One partition of a topic, to be read. */
public record SourcePartition(
        @Required @Size(min = 1, max = 249) @Pattern("^[a-zA-Z0-9._-]+$") @JsonPropertyDescription("Name of the topic.")
        String topic,

        @Required @Min(0) @Max(99_999) @JsonPropertyDescription("Number of the partition, from 0.")
        Integer partition) {

    /** The longest list of them. */
    public static final long MOST = 500;

    /** By topic, then by number. */
    public static final Comparator<SourcePartition> ORDER =
            Comparator.comparing(SourcePartition::topic).thenComparing(SourcePartition::partition);

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
