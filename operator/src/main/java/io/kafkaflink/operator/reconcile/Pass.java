package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SourceSpec;
import io.kafkaflink.operator.apply.NameGuard;
import io.kafkaflink.operator.apply.OutdatedView;
import io.kafkaflink.operator.apply.ResourceWriter;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.observe.ClaimsReader;
import io.kafkaflink.operator.observe.PipelineObserver;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.plan.CleanupPlan;
import io.kafkaflink.operator.plan.CleanupPlanner;
import io.kafkaflink.operator.plan.Memory;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One look at one pipeline and the writes that follow from it. */
final class Pass {
    /** Stands for a spec that cannot be read when its pipeline is deleted: stop the job, leave the topics. */
    private static final PipelineSpec UNREADABLE =
            new PipelineSpec(null, null, null, new SourceSpec(null, null), null, null, null, null, null, null);

    private final KafkaFlinkPipeline pipeline;
    private final Context<KafkaFlinkPipeline> context;
    private final PipelineId id;
    private final InformerCaches caches;
    private final ResourceWriter writer;
    private final NameGuard names;

    Pass(
            KafkaFlinkPipeline pipeline,
            Context<KafkaFlinkPipeline> context,
            PipelineEventSources sources,
            Writing writing) {
        this.pipeline = pipeline;
        this.context = context;
        this.id = ClaimsReader.id(pipeline);
        sources.refresh(PipelineObserver.needed(spec()), context.eventSourceRetriever());
        this.caches = new InformerCaches(sources, pipeline);
        this.writer = writing.writers()
                .create(
                        context.getClient(),
                        caches,
                        new InformerFeed(sources, context.getClient().getKubernetesSerialization()));
        this.names = new NameGuard(context.getClient(), caches);
    }

    private Situation situation(ReconcilerSettings settings, Instant now) {
        KafkaFlinkPipeline readable = new KafkaFlinkPipeline();
        readable.setMetadata(pipeline.getMetadata());
        readable.setSpec(spec());
        readable.setStatus(pipeline.getStatus());
        return new Situation(
                id,
                pipeline.getMetadata().getGeneration(),
                Instant.parse(pipeline.getMetadata().getCreationTimestamp()),
                Objects.requireNonNullElse(pipeline.getMetadata().getAnnotations(), Map.of()),
                spec(),
                Objects.requireNonNullElse(pipeline.getStatus(), PipelineStatus.EMPTY),
                new PipelineObserver(settings.defaults()).observe(readable, caches),
                settings.defaults(),
                now);
    }

    private PipelineSpec spec() {
        return pipeline.getSpec() == null ? UNREADABLE : pipeline.getSpec();
    }

    /**
     * Observe, plan, report, apply. A new step is reported before its writes, so that a killed operator knows where it was.
     *
     * @return when to look again without an event
     * @throws OutdatedView when the cluster has moved on in between; the rest was not done
     */
    Duration reconcile(Reporter reporter, ReconcilerSettings settings, Instant now) throws OutdatedView {
        Situation situation = situation(settings, now);
        Plan plan = withFreeNames(PipelinePlanner.plan(situation));
        // A step that is in status already needs no write before it; a retry would make the reasons flap.
        boolean ahead = !Memory.of(situation.memory()).equals(plan.memory());
        if (ahead) {
            reporter.report(pipeline, situation, plan, context);
        }
        carryOut(plan.actions(), reporter);
        if (!ahead) {
            reporter.report(pipeline, situation, plan, context);
        }
        boolean sooner = plan.recheckAfter().compareTo(settings.requeueInterval()) < 0;
        return sooner ? plan.recheckAfter() : settings.requeueInterval();
    }

    /**
     * What a deleted pipeline needs.
     *
     * @return whether nothing is left to wait for
     * @throws OutdatedView when the cluster has moved on in between; the rest was not done
     */
    boolean dismantle(Reporter reporter, ReconcilerSettings settings, Instant now) throws OutdatedView {
        Instant deletedAt = Instant.parse(pipeline.getMetadata().getDeletionTimestamp());
        CleanupPlan plan = CleanupPlanner.plan(situation(settings, now), deletedAt, settings.cleanupTimeout());
        reporter.dismantling(pipeline, plan, context);
        carryOut(plan.actions(), reporter);
        return plan.done();
    }

    /** The plan, or the same without writes when one of them would need a name that somebody else has. */
    private Plan withFreeNames(Plan plan) {
        Optional<Refusal> taken = names.refusal(id, plan.actions());
        return taken.map(plan::refused).orElse(plan);
    }

    private void carryOut(List<Action> actions, Reporter reporter) throws OutdatedView {
        for (Action action : actions) {
            writer.write(id, action);
            reporter.written(pipeline, action);
        }
    }
}
