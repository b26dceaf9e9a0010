package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** How clients of the operator read and write resources. */
public final class ResourceSerialization {
    private ResourceSerialization() {}

    /**
     * Serialization for a Kubernetes client that ignores fields of a newer version of a resource. With fabric8's default
     * one such field in one pipeline fails the list call of the informer, and with it every pipeline.
     */
    public static KubernetesSerialization lenient() {
        ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        return new KubernetesSerialization(mapper, true);
    }
}
