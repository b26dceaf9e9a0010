package io.kafkaflink.kubectl.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.ResourceSerialization;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.plan.SpecRefusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What API server and operator would say of a new pipeline, in the order in which they would say it. */
public final class OfflineCheck {
    /** What nobody can know without the cluster. */
    public static final List<String> NOT_CHECKED = List.of(
            "what a change may not do, as fewer partitions or another groupId: it needs the resource before;"
                    + " kubectl kfp plan asks the API server",
            "image and state folder that the operator's settings give where the spec gives none",
            "what there is already: Kafka, topics, and other pipelines with the same topic or consumer group");

    private static final KubernetesSerialization SERIALIZATION = ResourceSerialization.lenient();
    private static final String API_VERSION = KafkaFlinkPipeline.GROUP + "/" + KafkaFlinkPipeline.VERSION;

    private OfflineCheck() {}

    /** Whether it is a pipeline, in whichever version. */
    public static boolean isPipeline(JsonNode resource) {
        return resource.path("kind").asText().equals(KafkaFlinkPipeline.KIND)
                || resource.path("apiVersion").asText().startsWith(KafkaFlinkPipeline.GROUP + "/");
    }

    /** Empty when nothing is wrong. */
    public static List<Problem> problems(JsonNode written) {
        if (!written.path("apiVersion").asText().equals(API_VERSION)
                || !written.path("kind").asText().equals(KafkaFlinkPipeline.KIND)) {
            return List.of(Problem.said(
                    "apiVersion and kind",
                    "found " + written.path("apiVersion") + " and " + written.path("kind") + ", expected " + API_VERSION
                            + " and " + KafkaFlinkPipeline.KIND));
        }
        ObjectNode resource = written.deepCopy();
        floats(resource);
        JsonNode schema = Definition.schema();
        List<String> unknown = UnknownFields.of(resource, schema);
        if (!unknown.isEmpty()) {
            return List.of(new Problem(
                    Problem.By.DEFINITION,
                    "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                            .formatted(
                                    KafkaFlinkPipeline.KIND,
                                    KafkaFlinkPipeline.VERSION,
                                    KafkaFlinkPipeline.KIND,
                                    unknown.stream()
                                            .map(field -> "unknown field \"" + field + "\"")
                                            .collect(Collectors.joining(", ")))));
        }
        resource.remove("status");
        Defaults.into(resource, schema);
        resource.remove("status");
        List<Problem> problems = definition(resource, schema);
        return problems.isEmpty() ? operator(resource) : problems;
    }

    private static List<Problem> definition(JsonNode resource, JsonNode schema) {
        List<Problem> problems = new ArrayList<>(ResourceName.problems(resource));
        SchemaCheck.Findings findings = SchemaCheck.of(resource);
        problems.addAll(findings.problems());
        problems.addAll(ListKeys.repeated(resource, schema));
        if (findings.grave()) {
            problems.add(Problem.invalid(
                    "<nil>",
                    "null",
                    "some validation rules were not checked because the object was invalid; correct the existing errors"
                            + " to complete validation"));
        } else {
            problems.addAll(RuleCheck.broken(resource, schema));
        }
        return List.copyOf(problems);
    }

    private static List<Problem> operator(JsonNode resource) {
        KafkaFlinkPipeline pipeline = SERIALIZATION.convertValue(resource, KafkaFlinkPipeline.class);
        if (pipeline.getSpec() == null) {
            return List.of(new Problem(Problem.By.OPERATOR, "spec cannot be read: " + pipeline.getUnreadable()));
        }
        String namespace = Objects.requireNonNullElse(pipeline.getMetadata().getNamespace(), "default");
        return SpecRefusals.of(
                        new PipelineId(namespace, pipeline.getMetadata().getName(), ""),
                        Objects.requireNonNullElse(pipeline.getMetadata().getAnnotations(), Map.of()),
                        pipeline.getSpec())
                .stream()
                .map(refusal -> new Problem(Problem.By.OPERATOR, refusal.reason() + ": " + refusal.message()))
                .toList();
    }

    /** On its way to the API server a whole number beyond 64 bits becomes a fraction. */
    private static void floats(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                JsonNode value = member.getValue();
                if (value.isBigInteger() && !value.canConvertToLong()) {
                    member.setValue(DoubleNode.valueOf(value.doubleValue()));
                }
            });
        }
        node.forEach(OfflineCheck::floats);
    }
}
