package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.operator.plan.Reasons;
import io.kafkaflink.operator.plan.Refusal;
import java.util.Optional;

/** Puts exceptions into words for status. */
final class Failures {
    private Failures() {}

    static Refusal explain(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException call) {
                return Refusal.waiting(
                        Reasons.API_CALL_FAILED,
                        "a call to the Kubernetes API failed: " + answer(call) + ". It is tried again by itself");
            }
        }
        return Refusal.waiting(
                Reasons.INTERNAL_ERROR,
                "the pass ended with " + failure + ". It is tried again by itself; the operator's log has the details");
    }

    /** The API server's own words; the client's wrap them in a dump of the answer. */
    private static String answer(KubernetesClientException call) {
        return Optional.ofNullable(call.getStatus())
                .map(Status::getMessage)
                .map(message -> "HTTP " + call.getCode() + ", " + message)
                .orElseGet(() -> String.valueOf(call.getMessage()));
    }

    static boolean notFound(Exception failure) {
        return failure instanceof KubernetesClientException call && call.getCode() == 404;
    }
}
