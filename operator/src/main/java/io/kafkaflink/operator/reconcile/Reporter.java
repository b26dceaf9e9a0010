package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.apply.OutdatedView;
import io.kafkaflink.operator.apply.UpgradeJournal;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.CleanupPlan;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import io.kafkaflink.operator.status.FailureReport;
import io.kafkaflink.operator.status.Note;
import io.kafkaflink.operator.status.Notes;
import io.kafkaflink.operator.status.StatusReport;
import java.time.Clock;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says the same thing in status, Events and log; nothing is said twice while nothing changes. */
final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final UpgradeJournal journal;
    private final EventSink events;
    private final UpgradeMeter upgrades;
    private final Clock clock;

    Reporter(UpgradeJournal journal, EventSink events, UpgradeMeter upgrades, Clock clock) {
        this.journal = journal;
        this.events = events;
        this.upgrades = upgrades;
        this.clock = clock;
    }

    void report(KafkaFlinkPipeline pipeline, Situation situation, Plan plan, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        PipelineStatus status = StatusReport.of(situation, plan);
        if (journal.write(pipeline, status, context)) {
            upgrades.written(situation.memory(), status);
        }
        Notes.of(situation.memory(), status).forEach(note -> tell(pipeline, note));
    }

    /** For a pass that came to no plan; the memory in status is kept. */
    void refused(KafkaFlinkPipeline pipeline, Refusal refusal, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        PipelineStatus before = Objects.requireNonNullElse(pipeline.getStatus(), PipelineStatus.EMPTY);
        PipelineStatus after =
                FailureReport.of(before, pipeline.getMetadata().getGeneration(), refusal, clock.instant());
        if (journal.write(pipeline, after, context)) {
            tell(pipeline, new Note(Note.Severity.Warning, refusal.reason(), refusal.message()));
        }
    }

    /** As {@link #refused}, for a pass that failed: a status that cannot be written either is only logged. */
    void failed(KafkaFlinkPipeline pipeline, Refusal refusal, Context<KafkaFlinkPipeline> context) {
        try {
            refused(pipeline, refusal, context);
        } catch (RuntimeException | OutdatedView e) {
            log(pipeline).log("the failure could not be written to status: {}", e.getMessage());
        }
    }

    void dismantling(KafkaFlinkPipeline pipeline, CleanupPlan plan, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        plan.incomplete()
                .ifPresent(left -> tell(pipeline, new Note(Note.Severity.Warning, Reasons.CLEANUP_INCOMPLETE, left)));
        if (!plan.done()) {
            PipelineStatus before = Objects.requireNonNullElse(pipeline.getStatus(), PipelineStatus.EMPTY);
            Refusal waiting = Refusal.waiting(Reasons.DELETING, "the pipeline is being deleted: " + plan.waitingFor());
            journal.write(
                    pipeline,
                    FailureReport.of(before, pipeline.getMetadata().getGeneration(), waiting, clock.instant()),
                    context);
        }
    }

    /** The cluster has moved on: no fault, and another look follows. */
    void outdated(KafkaFlinkPipeline pipeline, OutdatedView view) {
        LOG.atDebug()
                .addKeyValue("namespace", pipeline.getMetadata().getNamespace())
                .addKeyValue("name", pipeline.getMetadata().getName())
                .log("looking again: {}", view.getMessage());
    }

    /** One planned action was carried out. One that fails is not told of: it is tried again, and the failure is said. */
    void written(KafkaFlinkPipeline pipeline, Action action) {
        tell(pipeline, Notes.of(action));
    }

    private void tell(KafkaFlinkPipeline pipeline, Note note) {
        events.record(pipeline, note);
        log(pipeline).addKeyValue("reason", note.reason()).log(note.message());
    }

    private static org.slf4j.spi.LoggingEventBuilder log(KafkaFlinkPipeline pipeline) {
        var builder = LOG.atInfo()
                .addKeyValue("namespace", pipeline.getMetadata().getNamespace())
                .addKeyValue("name", pipeline.getMetadata().getName());
        return pipeline.getStatus() == null || pipeline.getStatus().upgrade() == null
                ? builder
                : builder.addKeyValue("step", pipeline.getStatus().upgrade().step());
    }
}
