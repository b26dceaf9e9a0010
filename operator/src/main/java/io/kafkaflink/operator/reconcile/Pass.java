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
import io.kafkaflink.operator.plan.Plan;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at one pipeline and the writes that follow from it. */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    /** Stands for a spec that cannot be read when its pipeline is deleted: stop the job, leave the topics. */
    private static final PipelineSpec UNREADABLE =
            new PipelineSpec(null, null, null, new SourceSpec(null, null), null, null, null, null, null, null);

    private final KafkaFlinkPipeline pipeline;
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

    Situation situation(ReconcilerSettings settings, Instant now) {
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

    /** The plan, or the same without writes when one of them would need a name that somebody else has. */
    Plan withFreeNames(Plan plan) {
        Optional<Refusal> taken = names.refusal(id, plan.actions());
        return taken.map(plan::refused).orElse(plan);
    }

    /**
     * Carries out actions in order.
     *
     * @param written told of each action after it was done
     * @return false when the cluster has moved on in between; the rest was not done, and another look is due
     */
    boolean carryOut(List<Action> actions, Consumer<Action> written) {
        for (Action action : actions) {
            try {
                writer.write(id, action);
                written.accept(action);
            } catch (OutdatedView e) {
                LOG.atDebug()
                        .addKeyValue("namespace", id.namespace())
                        .addKeyValue("name", id.name())
                        .log("looking again: {}", e.getMessage());
                return false;
            }
        }
        return true;
    }
}
