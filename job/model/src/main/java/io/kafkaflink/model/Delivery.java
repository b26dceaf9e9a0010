package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** What a Kafka sink promises. */
public record Delivery(
        @Default("ExactlyOnce")
        @JsonPropertyDescription("ExactlyOnce (transactions; readers need read_committed), AtLeastOnce, or None.")
        Guarantee guarantee,

        @Default("15m")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("With ExactlyOnce: how long the broker keeps an open transaction. At most the"
                + " broker's transaction.max.timeout.ms (15 minutes unless changed), and longer than a"
                + " checkpoint plus the longest planned stop, or records are lost.")
        String transactionTimeout) {

    public Delivery {
        guarantee = guarantee == null ? Guarantee.ExactlyOnce : guarantee;
        transactionTimeout = transactionTimeout == null ? "15m" : transactionTimeout;
    }

    /** Delivery guarantees of the Kafka sink. */
    public enum Guarantee {
        ExactlyOnce,
        AtLeastOnce,
        None
    }
}
