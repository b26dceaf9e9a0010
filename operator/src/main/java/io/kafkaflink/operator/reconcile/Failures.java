package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts what stands in the way of a pass into words for status. */
final class Failures {
    private Failures() {}

    static Refusal explain(Exception failure) {
        return call(failure)
                .map(call -> Refusal.waiting(
                        Reasons.API_CALL_FAILED,
                        "a call to the Kubernetes API failed: " + answer(call) + ". It is tried again by itself"))
                .orElseGet(() -> Refusal.waiting(
                        Reasons.INTERNAL_ERROR,
                        "the pass ended with " + innermost(failure)
                                + ". It is tried again by itself; the operator's log has the details"));
    }

    /** Another definition than this operator's let a spec through. */
    static Refusal unreadable(KafkaFlinkPipeline pipeline) {
        return Refusal.stalled(
                Reasons.SPEC_INVALID,
                pipeline.getUnreadable()
                        + ". The operator cannot read this spec and leaves the pipeline as it is; correct"
                        + " the field, or use the operator that belongs to the installed definition "
                        + KafkaFlinkPipeline.CRD_NAME);
    }

    static boolean notFound(Exception failure) {
        return call(failure)
                .filter(call -> call.getCode() == HttpURLConnection.HTTP_NOT_FOUND)
                .isPresent();
    }

    /** The framework wraps what a reconciler throws. */
    private static Optional<KubernetesClientException> call(Exception failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst();
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }

    /** The API server's own words; the client's wrap them in a dump of the answer. */
    private static String answer(KubernetesClientException call) {
        return Optional.ofNullable(call.getStatus())
                .map(Status::getMessage)
                .map(message -> "HTTP " + call.getCode() + ", " + message)
                .orElseGet(() -> String.valueOf(call.getMessage()));
    }
}
