package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import java.util.Map;

/**
 * What a stage is set up for.
 *
 * @param file whose namespace, service account, topics and Kafka reference there must be
 * @param images that can be pulled
 * @param broker settings of the Kafka broker beside the usual ones
 * @param gated the operator's requests go through a {@link WriteGate}
 */
public record StageSettings(PipelineFile file, JobImages images, Map<String, String> broker, boolean gated) {
    public StageSettings {
        broker = Map.copyOf(broker);
    }

    /** The usual ones. */
    public static StageSettings of(PipelineFile file, Installation installation) {
        return new StageSettings(file, JobImages.of(installation), Map.of(), false);
    }
}
