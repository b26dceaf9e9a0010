package io.kafkaflink.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipelineChangeFilterTest {
    private final PipelineChangeFilter filter = new PipelineChangeFilter();

    @Test
    @DisplayName("spec, annotations, finalizers and deletion are worth a look")
    void accepted() {
        assertThat(accepts(metadata -> metadata.withGeneration(2L))).isTrue();
        assertThat(accepts(metadata -> metadata.withAnnotations(Map.of("kafkaflink.io/suspend", "true"))))
                .isTrue();
        assertThat(accepts(metadata -> metadata.withFinalizers(List.of("kafkaflink.io/finalizer"))))
                .isTrue();
        assertThat(accepts(metadata -> metadata.withDeletionTimestamp("2026-11-24T12:00:00Z")))
                .isTrue();
        assertThat(accepts(metadata -> metadata.withUid("other"))).isTrue();
    }

    @Test
    @DisplayName("our own status, labels and managed fields are not")
    void refused() {
        assertThat(accepts(metadata -> metadata.withResourceVersion("2"))).isFalse();
        assertThat(accepts(metadata -> metadata.withLabels(Map.of("team", "web"))))
                .isFalse();
    }

    private boolean accepts(UnaryOperator<ObjectMetaBuilder> change) {
        KafkaFlinkPipeline before = pipeline(UnaryOperator.identity());
        KafkaFlinkPipeline after = pipeline(change);
        after.setStatus(PipelineStatus.EMPTY);
        return filter.accept(after, before);
    }

    private static KafkaFlinkPipeline pipeline(UnaryOperator<ObjectMetaBuilder> change) {
        KafkaFlinkPipeline pipeline = new KafkaFlinkPipeline();
        pipeline.setMetadata(change.apply(new ObjectMetaBuilder()
                        .withName("clicks")
                        .withNamespace("shop")
                        .withUid("uid")
                        .withGeneration(1L)
                        .withResourceVersion("1"))
                .build());
        return pipeline;
    }
}
