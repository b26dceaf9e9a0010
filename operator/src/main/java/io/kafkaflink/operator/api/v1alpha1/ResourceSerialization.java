package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How clients of the operator read and write resources. */
public final class ResourceSerialization {
    private ResourceSerialization() {}

    /**
     * Serialization for a Kubernetes client that gets along with resources it does not fully understand. With fabric8's
     * default one such resource fails the list call of the informer, and with it every pipeline. Here fields of a newer
     * version are ignored; a spec that cannot be read is null, with the reason in {@link
     * KafkaFlinkPipeline#getUnreadable}; a status that cannot be read counts as none.
     */
    public static KubernetesSerialization lenient() {
        ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.addMixIn(KafkaFlinkPipeline.class, InMemory.class);
        SimpleModule module = new SimpleModule("lenient");
        module.setDeserializerModifier(new LenientParts());
        mapper.registerModule(module);
        return new KubernetesSerialization(mapper, true);
    }

    /** Lets the reason survive the copies that the operator framework makes by way of JSON. */
    private interface InMemory {
        @JsonIgnore(false)
        @JsonProperty("unreadable")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        String getUnreadable();

        @JsonIgnore(false)
        @JsonProperty("unreadable")
        void setUnreadable(String reason);
    }
}
