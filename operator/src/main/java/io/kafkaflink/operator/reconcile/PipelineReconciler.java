package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.apply.OutdatedView;
import io.kafkaflink.operator.observe.AppliedFields;
import io.kafkaflink.operator.plan.CleanupPlan;
import io.kafkaflink.operator.plan.CleanupPlanner;
import io.kafkaflink.operator.plan.Memory;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Situation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Observe, plan, report, apply. A new step is reported before its writes, so that a killed operator knows where it was. */
@ControllerConfiguration(
        name = "kafkaflinkpipeline",
        fieldManager = AppliedFields.MANAGER,
        finalizerName = PipelineReconciler.FINALIZER,
        generationAwareEventProcessing = false)
@GradualRetry(maxAttempts = -1, initialInterval = 2_000, intervalMultiplier = 2, maxInterval = 60_000)
public final class PipelineReconciler implements Reconciler<KafkaFlinkPipeline>, Cleaner<KafkaFlinkPipeline> {
    public static final String FINALIZER = "kafkaflink.io/finalizer";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration DELETING = Duration.ofSeconds(5);

    private final ReconcilerSettings settings;
    private final ServedDefinitions served;
    private final PipelineEventSources sources;
    private final Writing writing;
    private final Reporter reporter;
    private final Clock clock;

    public PipelineReconciler(
            ReconcilerSettings settings, ServedDefinitions served, Writing writing, EventSink events, Clock clock) {
        this.settings = settings;
        this.served = served;
        this.sources = new PipelineEventSources(settings.scope(), settings.defaults(), served);
        this.writing = writing;
        this.reporter = new Reporter(writing.journal(), events, clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, KafkaFlinkPipeline>> prepareEventSources(
            EventSourceContext<KafkaFlinkPipeline> context) {
        return sources.prepare(context);
    }

    @Override
    public UpdateControl<KafkaFlinkPipeline> reconcile(
            KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context) {
        try {
            return look(pipeline, context);
        } catch (OutdatedView e) {
            return UpdateControl.<KafkaFlinkPipeline>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
    }

    private UpdateControl<KafkaFlinkPipeline> look(KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        if (pipeline.getSpec() == null) {
            reporter.refused(pipeline, Failures.unreadable(pipeline), context);
            return UpdateControl.noUpdate();
        }
        Pass pass = new Pass(pipeline, context, sources, writing);
        Situation situation = pass.situation(settings, clock.instant());
        Plan plan = pass.withFreeNames(PipelinePlanner.plan(situation));
        // A step that is in status already needs no write before it; a retry would make the reasons flap.
        boolean ahead = !Memory.of(situation.memory()).equals(plan.memory());
        if (ahead) {
            reporter.report(pipeline, situation, plan, context);
        }
        boolean done = pass.carryOut(plan.actions(), action -> reporter.written(pipeline, action));
        if (!ahead) {
            reporter.report(pipeline, situation, plan, context);
        }
        return UpdateControl.<KafkaFlinkPipeline>noUpdate()
                .rescheduleAfter(done ? earlier(plan.recheckAfter(), settings.requeueInterval()) : LOOK_AGAIN);
    }

    @Override
    public DeleteControl cleanup(KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context) {
        try {
            return dismantle(pipeline, context);
        } catch (OutdatedView e) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
        } catch (RuntimeException e) {
            // The framework reports errors of reconcile only.
            updateErrorStatus(pipeline, context, e);
            throw e;
        }
    }

    private DeleteControl dismantle(KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context)
            throws OutdatedView {
        Pass pass = new Pass(pipeline, context, sources, writing);
        Situation situation = pass.situation(settings, clock.instant());
        Instant deletedAt = Instant.parse(pipeline.getMetadata().getDeletionTimestamp());
        CleanupPlan plan = CleanupPlanner.plan(situation, deletedAt, settings.cleanupTimeout());
        reporter.dismantling(pipeline, plan, context);
        boolean done = pass.carryOut(plan.actions(), action -> reporter.written(pipeline, action));
        return done && plan.done()
                ? DeleteControl.defaultDelete()
                : DeleteControl.noFinalizerRemoval().rescheduleAfter((done ? DELETING : LOOK_AGAIN).toMillis());
    }

    @Override
    public ErrorStatusUpdateControl<KafkaFlinkPipeline> updateErrorStatus(
            KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context, Exception failure) {
        if (Failures.notFound(failure)) {
            served.forget();
        }
        reporter.failed(pipeline, Failures.explain(failure), context);
        return ErrorStatusUpdateControl.noStatusUpdate();
    }

    private static Duration earlier(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
