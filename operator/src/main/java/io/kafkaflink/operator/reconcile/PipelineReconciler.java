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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Has each pipeline looked at when something about it has changed, and says how it went. */
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
            ReconcilerSettings settings,
            ServedDefinitions served,
            Writing writing,
            EventSink events,
            UpgradeMeter upgrades,
            Clock clock) {
        this.settings = settings;
        this.served = served;
        this.sources = new PipelineEventSources(settings.scope(), settings.defaults(), served);
        this.writing = writing;
        this.reporter = new Reporter(writing.journal(), events, upgrades, clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, KafkaFlinkPipeline>> prepareEventSources(
            EventSourceContext<KafkaFlinkPipeline> context) {
        return sources.prepare(context);
    }

    /** The pipelines that are known now; none before the operator has started. */
    public Stream<KafkaFlinkPipeline> pipelines() {
        return sources.pipelines();
    }

    @Override
    public UpdateControl<KafkaFlinkPipeline> reconcile(
            KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context) {
        try {
            if (pipeline.getSpec() == null) {
                reporter.refused(pipeline, Failures.unreadable(pipeline), context);
                return UpdateControl.noUpdate();
            }
            Duration next =
                    new Pass(pipeline, context, sources, writing).reconcile(reporter, settings, clock.instant());
            return UpdateControl.<KafkaFlinkPipeline>noUpdate().rescheduleAfter(next);
        } catch (OutdatedView e) {
            reporter.outdated(pipeline, e);
            return UpdateControl.<KafkaFlinkPipeline>noUpdate().rescheduleAfter(LOOK_AGAIN);
        }
    }

    @Override
    public DeleteControl cleanup(KafkaFlinkPipeline pipeline, Context<KafkaFlinkPipeline> context) {
        try {
            return new Pass(pipeline, context, sources, writing).dismantle(reporter, settings, clock.instant())
                    ? DeleteControl.defaultDelete()
                    : DeleteControl.noFinalizerRemoval().rescheduleAfter(DELETING.toMillis());
        } catch (OutdatedView e) {
            reporter.outdated(pipeline, e);
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
        } catch (RuntimeException e) {
            // The framework reports errors of reconcile only.
            updateErrorStatus(pipeline, context, e);
            throw e;
        }
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
}
