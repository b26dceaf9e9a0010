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
                "With ExactlyOnce: how transactional ids are named. Pooling uses few ids again and again;"
                        + " needs Kafka 3.0 or newer and the right to read the topic. Incrementing makes new ones with each"
                        + " checkpoint. Connectors 3.x know Incrementing only, whatever stands here. Pooling cannot become"
                        + " Incrementing again.")
        TransactionNaming transactionNaming,

        @Default("15m")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription("With ExactlyOnce: how long the broker keeps an open transaction. At most the"
                + " broker's transaction.max.timeout.ms (15 minutes unless changed), and longer than a"
                + " checkpoint plus the longest planned stop, or records are lost.")
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
