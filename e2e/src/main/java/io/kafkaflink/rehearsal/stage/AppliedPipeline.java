package io.kafkaflink.rehearsal.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.kafkaflink.rehearsal.input.BadInputException;

/**
 * A KafkaFlinkPipeline in the API server, changed as its owner would change it: the whole YAML is applied again with
 * server-side apply.
 */
public final class AppliedPipeline {
    private static final String FIELD_MANAGER = "rehearsal";

    private final KubernetesClient client;
    private ObjectNode manifest;

    private AppliedPipeline(KubernetesClient client, ObjectNode manifest) {
        this.client = client;
        this.manifest = manifest;
    }

    /**
     * Applies a pipeline for the first time.
     *
     * @throws BadInputException when the API server refuses it; unknown fields are refused, too
     */
    public static AppliedPipeline create(KubernetesClient client, ObjectNode manifest) {
        AppliedPipeline pipeline = new AppliedPipeline(client, manifest);
        try {
            client.resource(pipeline.resource())
                    .dryRun()
                    .fieldValidation(Validation.STRICT)
                    .create();
        } catch (KubernetesClientException refused) {
            throw new BadInputException("the API server refuses " + pipeline.name() + ": " + reason(refused));
        }
        pipeline.apply(manifest);
        return pipeline;
    }

    private static String reason(KubernetesClientException refused) {
        return refused.getStatus() == null || refused.getStatus().getMessage() == null
                ? refused.getMessage()
                : refused.getStatus().getMessage();
    }

    /** Applies a changed YAML. */
    public void apply(ObjectNode changed) {
        manifest = changed;
        client.resource(resource())
                .fieldValidation(Validation.STRICT)
                .fieldManager(FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    /** The YAML applied last. */
    public ObjectNode manifest() {
        return manifest;
    }

    /** What the API server holds now. */
    public PipelineView look() {
        return PipelineView.of(read());
    }

    /** The whole status. */
    public JsonNode status() {
        return read().path("status");
    }

    /** Deletes it; what the operator does then is seen elsewhere. */
    public void delete() {
        client.resource(resource()).delete();
    }

    private JsonNode read() {
        GenericKubernetesResource found = client.resource(resource()).get();
        if (found == null) {
            throw new IllegalStateException(name() + " is gone from the API server");
        }
        return client.getKubernetesSerialization().convertValue(found, JsonNode.class);
    }

    /** Kind and name, for messages. */
    public String name() {
        return "KafkaFlinkPipeline " + namespace() + "/"
                + manifest.path("metadata").path("name").asText();
    }

    /** Name alone. */
    public String shortName() {
        return manifest.path("metadata").path("name").asText();
    }

    public String namespace() {
        return manifest.path("metadata").path("namespace").asText("default");
    }

    private GenericKubernetesResource resource() {
        ObjectNode named = manifest.deepCopy();
        named.withObjectProperty("metadata").put("namespace", namespace());
        return client.getKubernetesSerialization().convertValue(named, GenericKubernetesResource.class);
    }
}
