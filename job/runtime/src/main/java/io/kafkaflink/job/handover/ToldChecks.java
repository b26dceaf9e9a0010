package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Before a start that the Flink operator decided on: whether Kafka still has what the state says is to be read next. */
record ToldChecks(NewJob job) {
    private static final Logger LOG = LoggerFactory.getLogger(ToldChecks.class);

    List<Finding> findings(String path, Collection<Acknowledgement> accepted) {
        if (job.source().isEmpty()) {
            return List.of();
        }
        SavepointOffsets saved;
        try {
            saved = SavedState.read(path, job.line()).offsets(job.sourceUid());
        } catch (UnreadableState e) {
            LOG.warn("{}; Flink will say more when it restores it", e.getMessage());
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        try (KafkaFacts kafka = new KafkaFacts(job.configuration().kafka())) {
            Partitions partitions = Partitions.ask(kafka, job, findings);
            if (partitions == null) {
                // A broker that is away keeps no job from starting: its source waits for it.
                LOG.warn(
                        "Offsets are not checked: {}",
                        Finding.reasons(findings).get(0).message());
                return List.of();
            }
            OffsetChecks checks = new OffsetChecks(
                    saved,
                    Map.of(),
                    partitions.beginnings(),
                    partitions.ends(),
                    job.source().get().startingOffsets().resetStrategy());
            return checks.range(checks.read(), accepted);
        }
    }
}
