package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The Kafka cluster, by reference to a Strimzi Kafka or by address, and the Topic Operator in charge of its topics. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "has(self.clusterRef) != has(self.bootstrapServers)",
        message = "set exactly one of clusterRef (a Strimzi Kafka) and bootstrapServers (host:port, comma-separated)")
public record KafkaSpec(
        @JsonPropertyDescription("A Strimzi Kafka; addresses and certificate authority are read from its"
                + " status.listeners. Excludes bootstrapServers.")
        ClusterRef clusterRef,

        @Size(min = 3, max = 2000)
        @Pattern("^[^\\s,]+:[0-9]{1,5}(,[^\\s,]+:[0-9]{1,5})*$")
        @JsonPropertyDescription("Addresses as host:port, comma-separated, without spaces. Excludes clusterRef.")
        String bootstrapServers,

        @JsonPropertyDescription("Where KafkaTopic resources go. Defaults to clusterRef; required with"
                + " bootstrapServers unless every topic is External.")
        TopicOperatorRef topicOperator,

        @JsonPropertyDescription("Encryption and which certificates are trusted; by default as the listener of"
                + " clusterRef publishes it.")
        TlsSpec tls,

        @JsonPropertyDescription("Who the job is; absent for nobody in particular.")
        AuthenticationSpec authentication,

        @Size(max = 100)
        @JsonPropertyDescription("Client properties for every consumer, producer and admin client of the job, values"
                + " as strings. Secrets do not belong here.")
        Map<String, @Size(max = 2000) String> properties) {

    public KafkaSpec {
        properties = properties == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** A Strimzi Kafka resource. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClusterRef(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the Strimzi Kafka resource.")
            String name,

            @Size(min = 1, max = 63)
            @JsonPropertyDescription("Namespace of the Kafka resource; defaults to the pipeline's.")
            String namespace,

            @Required
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("Name of the listener that the job connects to, as in spec.kafka.listeners.")
            String listener) {}

    /** The Strimzi Topic Operator that turns KafkaTopic resources into topics. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TopicOperatorRef(
            @Size(min = 1, max = 63)
            @JsonPropertyDescription("Value of the label strimzi.io/cluster that the Topic Operator selects;"
                    + " defaults to clusterRef.name.")
            String cluster,

            @Size(min = 1, max = 63)
            @JsonPropertyDescription("Namespace that the Topic Operator watches; defaults to clusterRef.namespace,"
                    + " else to the pipeline's.")
            String namespace) {}
}
