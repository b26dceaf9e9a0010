package io.kafkaflink.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final KubernetesClientException forbidden = new KubernetesClientException(new StatusBuilder()
            .withCode(403)
            .withMessage("kafkatopics.kafka.strimzi.io is forbidden")
            .build());

    @Test
    @DisplayName("a failed call is told in the API server's words, also when the framework has wrapped it")
    void call() {
        Refusal refusal = Failures.explain(new IllegalStateException("wrapped", forbidden));

        assertThat(refusal.reason()).isEqualTo(Reasons.API_CALL_FAILED);
        assertThat(refusal.cure()).isEqualTo(Refusal.Cure.TIME);
        assertThat(refusal.message()).contains("HTTP 403, kafkatopics.kafka.strimzi.io is forbidden");
    }

    @Test
    @DisplayName("anything else is an internal error with its innermost cause")
    void internal() {
        Refusal refusal = Failures.explain(new IllegalStateException("outer", new ArithmeticException("by zero")));

        assertThat(refusal.reason()).isEqualTo(Reasons.INTERNAL_ERROR);
        assertThat(refusal.message()).contains("ArithmeticException: by zero");
    }

    @Test
    @DisplayName("a definition that is gone answers 404")
    void notFound() {
        assertThat(Failures.notFound(new IllegalStateException(new KubernetesClientException(
                        new StatusBuilder().withCode(404).build()))))
                .isTrue();
        assertThat(Failures.notFound(forbidden)).isFalse();
    }
}
