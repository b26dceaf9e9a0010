package io.kafkaflink.operator.plan;

import io.kafkaflink.model.Delivery.Guarantee;
import io.kafkaflink.model.Timespan;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Acknowledgement;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeStatus;
import io.kafkaflink.operator.desired.Annotations;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a decision depends on.
 *
 * @param memory the status as it was last written; may be empty or lost
 * @param now the time of the decision
 */
public record Situation(
        PipelineId id,
        long generation,
        Instant createdAt,
        Map<String, String> annotations,
        PipelineSpec spec,
        PipelineStatus memory,
        Observation seen,
        OperatorDefaults defaults,
        Instant now) {

    public Situation {
        annotations = Map.copyOf(annotations);
    }

    /** The job is to be stopped: by the spec, or by the annotation that people and Argo CD actions set. */
    public boolean suspendWanted() {
        return spec.suspend() || "true".equals(annotations.get(Annotations.SUSPEND));
    }

    /** Exactly this danger was accepted. */
    public boolean accepted(Risk risk, String value) {
        return spec.upgrade().acknowledge().stream()
                .anyMatch(entry -> entry.risk() == risk && entry.value().strip().equals(value));
    }

    /** The same situation, had this acknowledgement not been given. */
    Situation without(Acknowledgement entry) {
        List<Acknowledgement> rest = spec.upgrade().acknowledge().stream()
                .filter(other -> !other.equals(entry))
                .toList();
        return asking(spec.upgrade().withAcknowledge(rest));
    }

    /** The same situation, had the spec this nonce. */
    Situation withUidChangeNonce(long nonce) {
        return asking(spec.upgrade().withUidChangeNonce(nonce));
    }

    private Situation asking(UpgradeSpec upgrade) {
        return new Situation(
                id, generation, createdAt, annotations, spec.withUpgrade(upgrade), memory, seen, defaults, now);
    }

    /** The same situation, had status told this of the change under way. */
    Situation with(UpgradeStatus change) {
        return remembering(memory.withUpgrade(change));
    }

    /** The same situation, had status told that the change under way ended like this. */
    Situation after(JobDecision ended) {
        return remembering(memory.withUpgradeEnded(ended.lastUpgrade(), ended.rejected()));
    }

    private Situation remembering(PipelineStatus status) {
        return new Situation(id, generation, createdAt, annotations, spec, status, seen, defaults, now);
    }

    /** The change under way, as far as status tells all that a decision needs. */
    public Optional<UpgradeStatus> change() {
        return Change.underWay(memory.upgrade(), now);
    }

    /** How long a job may take from the start of its JobManager to RUNNING. */
    public Duration startTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().start());
    }

    /** How long a stop with savepoint may take. */
    public Duration savepointTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().savepoint());
    }

    /** How long a new job may take to its verdict. */
    public Duration armTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().arm());
    }

    /** How long producers may take to learn of new partitions. */
    public Duration producerSettle() {
        return Timespan.parse(spec.upgrade().producerSettle());
    }

    /** How long a drain may take: until producers know the new partitions, and then until the job has read on. */
    public Duration drainLimit() {
        return producerSettle().plus(drainTimeout());
    }

    /** How long a job may take to read on before its topics' new partitions are read. */
    public Duration drainTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().drain());
    }

    /** How long an armed job waits for a person. */
    public Duration approvalTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().approval());
    }

    /** How long a new job may take to its first completed checkpoint. */
    public Duration rollbackDeadline() {
        return Timespan.parse(spec.upgrade().rollback().deadline());
    }

    /**
     * Going back before the first checkpoint repeats nothing, and nobody wants to be asked. Into a table rows are written
     * again by their keys, which leaves the same rows.
     */
    public boolean rollsBackByItself() {
        return spec.upgrade().rollback().mode() == UpgradeSpec.Rollback.Mode.Automatic
                && spec.sinks().stream()
                        .allMatch(sink -> sink.discard() != null
                                || sink.jdbc() != null
                                || (sink.kafka() != null
                                        && sink.kafka().delivery().guarantee() == Guarantee.ExactlyOnce));
    }

    /** How long the checks on the savepoint may take. */
    public Duration handoverTimeout() {
        return Timespan.parse(spec.upgrade().stepTimeouts().handover());
    }

    /** Revisions go with the pipeline, unless it leaves everything behind. */
    public boolean owning() {
        return spec.deletionPolicy() != PipelineSpec.DeletionPolicy.Orphan;
    }

    public Duration since(Instant instant) {
        return Duration.between(instant, now);
    }

    /** The pipeline as messages name it. */
    public String reference() {
        return "KafkaFlinkPipeline " + id.namespace() + "/" + id.name();
    }
}
