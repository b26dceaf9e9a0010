package io.kafkaflink.operator.cluster;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.apply.OutdatedView;
import io.kafkaflink.operator.apply.ResourceWriter;
import io.kafkaflink.operator.apply.UpgradeJournal;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.plan.Action;
import io.kafkaflink.operator.reconcile.WriterFactory;
import io.kafkaflink.operator.reconcile.Writing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An operator that dies, as far as one pipeline is concerned, right after its n-th write: from then on nothing of that
 * pipeline is written. How many writes a pipeline has left is asked when it is first met.
 */
final class MortalWriting {
    private final Map<String, Integer> left = new ConcurrentHashMap<>();
    private final Map<String, Integer> done = new ConcurrentHashMap<>();

    /** Dies after so many writes of the pipeline from now on. */
    void dieAfter(String pipeline, int writes) {
        left.put(pipeline, writes);
        done.remove(pipeline);
    }

    boolean died(String pipeline) {
        return left.getOrDefault(pipeline, 1) == 0;
    }

    int writes(String pipeline) {
        return done.getOrDefault(pipeline, 0);
    }

    Writing writing() {
        Writing real = Writing.serverSide();
        WriterFactory writers = (client, caches, feed) -> {
            ResourceWriter writer = real.writers().create(client, caches, feed);
            return (pipeline, action) -> write(writer, pipeline, action);
        };
        return new Writing(writers, new MortalJournal(real.journal()));
    }

    private void write(ResourceWriter writer, PipelineId pipeline, Action action) throws OutdatedView {
        requireLife(pipeline.name());
        writer.write(pipeline, action);
        spend(pipeline.name());
    }

    private void requireLife(String pipeline) {
        if (died(pipeline)) {
            throw new IllegalStateException("the operator is dead for " + pipeline);
        }
    }

    /** The end comes after the write, before its answer is seen. */
    private void spend(String pipeline) {
        done.merge(pipeline, 1, Integer::sum);
        left.computeIfPresent(pipeline, (name, count) -> count - 1);
        requireLife(pipeline);
    }

    private final class MortalJournal implements UpgradeJournal {
        private final UpgradeJournal journal;

        private MortalJournal(UpgradeJournal journal) {
            this.journal = journal;
        }

        @Override
        public boolean write(KafkaFlinkPipeline pipeline, PipelineStatus status, Context<KafkaFlinkPipeline> context)
                throws OutdatedView {
            String name = pipeline.getMetadata().getName();
            requireLife(name);
            boolean written = journal.write(pipeline, status, context);
            if (written) {
                spend(name);
            }
            return written;
        }
    }
}
