package io.kafkaflink.operator.desired;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;

/**
 * What pipelines of a namespace may use beyond what Kubernetes can limit: topics, consumer groups, service accounts. Kafka's
 * own ACLs limit the job; this limits what the operator does for it.
 *
 * @param tenants empty when every namespace may use everything
 */
public record TenantPolicy(List<Tenant> tenants) {
    /** Nothing is limited. */
    public static final TenantPolicy OPEN = new TenantPolicy(List.of());

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public TenantPolicy {
        tenants = List.copyOf(tenants);
    }

    /**
     * One tenant. A list that is empty limits nothing.
     *
     * @param namespaces of its pipelines
     * @param topicNamespace where its KafkaTopics may be; null for anywhere
     * @param topicPrefixes beginnings of names of topics that it may have
     * @param groupPrefixes beginnings of its consumer groups
     * @param serviceAccounts of its Flink pods
     * @param allowTopicDelete whether {@code deletionPolicy: Delete} of a topic is carried out
     */
    public record Tenant(
            @JsonProperty(required = true) List<String> namespaces,
            String topicNamespace,
            List<String> topicPrefixes,
            List<String> groupPrefixes,
            List<String> serviceAccounts,
            boolean allowTopicDelete) {
        public Tenant {
            namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
            topicPrefixes = topicPrefixes == null ? List.of() : List.copyOf(topicPrefixes);
            groupPrefixes = groupPrefixes == null ? List.of() : List.copyOf(groupPrefixes);
            serviceAccounts = serviceAccounts == null ? List.of() : List.copyOf(serviceAccounts);
        }
    }

    /**
     * Reads a YAML or JSON list of tenants; nothing for {@link #OPEN}.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    public static TenantPolicy parse(String yaml) {
        if (yaml.isBlank()) {
            return OPEN;
        }
        try {
            List<Tenant> tenants = YAML.readValue(yaml, new TypeReference<List<Tenant>>() {});
            if (tenants.stream().anyMatch(tenant -> tenant.namespaces().isEmpty())) {
                throw new IllegalArgumentException("a tenant without namespaces");
            }
            return new TenantPolicy(tenants);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /** Whether topics of the namespace's pipelines may be deleted. */
    public boolean allowsTopicDelete(String namespace) {
        return tenants.isEmpty()
                || of(namespace).filter(Tenant::allowTopicDelete).isPresent();
    }

    /** The tenant that a namespace belongs to; the first that lists it. */
    public Optional<Tenant> of(String namespace) {
        return tenants.stream()
                .filter(tenant -> tenant.namespaces().contains(namespace))
                .findFirst();
    }
}
