package io.kafkaflink.operator.desired;

import io.kafkaflink.model.Violation;
import io.kafkaflink.operator.api.v1alpha1.KafkaSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the schema admits of the Flink deployment and the operator does not carry out. What the job would refuse in its
 * configuration (fields, expressions, Kafka properties, uids) is the business of {@code JobConfigurationCheck} in the
 * job's model.
 */
public final class RefusedFields {
    /**
     * FKO keeps the FlinkDeployment's spec three times in one object (spec, lastReconciledSpec and lastStableSpec, the
     * latter two as escaped text), and etcd takes objects of at most 1.5 MiB.
     */
    static final int LARGEST_SPEC = 256 * 1024;

    private RefusedFields() {}

    /** Everything in a spec that is refused, in the order of its fields; empty when it can be rendered. */
    public static List<Violation> of(PipelineSpec spec) {
        List<Violation> found =
                new ArrayList<>(RefusedPodTemplate.in(spec.flink().podTemplate(), SinkSecrets.of(spec.sinks())));
        found.addAll(RefusedOptions.in(spec.flink().flinkConfiguration()));
        found.addAll(StateOptions.refused(spec.state(), spec.flink().flinkConfiguration()));
        found.addAll(security(spec.kafka()));
        found.addAll(size(spec));
        return List.copyOf(found);
    }

    private static List<Violation> security(KafkaSpec kafka) {
        return kafka == null
                ? List.of()
                : kafka.properties().keySet().stream()
                        .flatMap(property -> KafkaSecurity.decidedBy(kafka, property)
                                .map(field -> new Violation(
                                        "spec.kafka.properties[" + property + "]",
                                        "a property that " + field + " decides",
                                        "one of both",
                                        "remove the property, or the field"))
                                .stream())
                        .toList();
    }

    private static List<Violation> size(PipelineSpec spec) {
        int size = CanonicalJson.write(SchemaDefaults.removedFrom(spec)).getBytes(StandardCharsets.UTF_8).length;
        return size <= LARGEST_SPEC
                ? List.of()
                : List.of(new Violation(
                        "spec",
                        size + " bytes",
                        "at most " + LARGEST_SPEC + " bytes as JSON",
                        "move long texts, as in podTemplate and logConfiguration, into the image or a ConfigMap"));
    }
}
