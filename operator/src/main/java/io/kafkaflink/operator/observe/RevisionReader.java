package io.kafkaflink.operator.observe;

import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.kafkaflink.operator.desired.InvalidRevision;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.Revisions;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads stored revisions. */
final class RevisionReader {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionReader.class);

    private RevisionReader() {}

    /** By name. One that cannot be read counts as lost, which the planner knows how to handle. */
    static Map<String, Revision> read(Collection<ControllerRevision> stored) {
        Map<String, Revision> revisions = new TreeMap<>();
        for (ControllerRevision candidate : stored) {
            read(candidate).ifPresent(revision -> revisions.put(revision.name(), revision));
        }
        return revisions;
    }

    private static Optional<Revision> read(ControllerRevision stored) {
        try {
            return Optional.of(Revisions.from(stored));
        } catch (InvalidRevision e) {
            LOG.atWarn()
                    .addKeyValue("namespace", stored.getMetadata().getNamespace())
                    .log("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Names of those that garbage collection would leave behind. */
    static Set<String> unowned(Collection<ControllerRevision> stored, PipelineId pipeline) {
        return stored.stream()
                .filter(revision -> revision.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> owner.getUid().equals(pipeline.uid())))
                .map(revision -> revision.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
