package io.kafkaflink.operator.desired;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One of the two FlinkDeployments a pipeline can have; the slots alternate with upgrades. */
public enum Slot {
    A,
    B;

    /** {@code <pipeline>-a} or {@code <pipeline>-b}: at most 42 characters of the 45 that FKO admits. */
    public String deploymentName(PipelineId pipeline) {
        return pipeline.name() + "-" + name().toLowerCase(Locale.ROOT);
    }

    public Slot other() {
        return this == A ? B : A;
    }

    /** The slot of a FlinkDeployment, empty when the name is none that this pipeline gives. */
    public static Optional<Slot> of(PipelineId pipeline, String deploymentName) {
        return Arrays.stream(values())
                .filter(slot -> slot.deploymentName(pipeline).equals(deploymentName))
                .findFirst();
    }
}
