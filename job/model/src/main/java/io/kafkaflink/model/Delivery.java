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

        @Default("Pooling")
        @JsonPropertyDescription(
                "With ExactlyOnce: Pooling uses few transactional ids again and again; it needs Kafka 3.0 and"
                        + " the right to read the topic. Incrementing takes new ones, as connectors 3.x always do."
                        + " Pooling cannot become Incrementing.")
        TransactionNaming transactionNaming,

        @Default("15m")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("With ExactlyOnce: how long the broker keeps an open transaction: at most its"
                + " transaction.max.timeout.ms, longer than a checkpoint plus the longest stop, or records are lost.")
        String transactionTimeout) {

    public Delivery {
        guarantee = guarantee == null ? Guarantee.ExactlyOnce : guarantee;
        transactionNaming = transactionNaming == null ? TransactionNaming.Pooling : transactionNaming;
        transactionTimeout = transactionTimeout == null ? "15m" : transactionTimeout;
    }

    /** Ways to name transactional ids ({@code TransactionNamingStrategy} of the connector). */
    public enum TransactionNaming {
        Pooling,
        Incrementing
    }

    /** Delivery guarantees of the Kafka sink. */
    public enum Guarantee {
        ExactlyOnce,
        AtLeastOnce,
        None
    }
}
