package io.kafkaflink.operator.desired;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The handover ConfigMap of a FlinkDeployment, by which operator and job talk to each other. It lives as long as the
 * FlinkDeployment, which like it has no owner: a JobManager that comes back reads it, also after {@code Orphan}.
 */
public final class Handovers {
    private Handovers() {}

    /**
     * The part that is ours, for server-side apply: the keys {@code order} and {@code go}. What the job wrote stays, and a
     * {@code go} that is not given here is taken away.
     *
     * @throws IllegalArgumentException when an order is larger than a handover may be, whatever is left out of it
     */
    public static ConfigMap toConfigMap(PipelineId pipeline, Slot slot, ArmOrder order, Optional<GoOrder> go) {
        Map<String, String> data = new TreeMap<>();
        data.put(HandoverKeys.ORDER, HandoverJson.write(fitted(order)));
        go.ifPresent(given -> data.put(HandoverKeys.GO, HandoverJson.write(given)));
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(pipeline, slot))
                .withNamespace(pipeline.namespace())
                .withLabels(Labels.of(pipeline))
                .addToLabels(Labels.HANDOVER, "true")
                .endMetadata()
                .withData(data)
                .build();
    }

    /**
     * The order as it is written: made to fit, deterministically, so that it is known again when it is read.
     *
     * @see ShortenedOrder
     */
    public static ArmOrder fitted(ArmOrder order) {
        return new ShortenedOrder(order).fitting();
    }

    /** Name of the ConfigMap. */
    public static String name(PipelineId pipeline, Slot slot) {
        return HandoverKeys.configMapName(slot.deploymentName(pipeline));
    }
}
