package io.kafkaflink.rehearsal.upgrade;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.kafkaflink.rehearsal.RehearsalFailedException;
import io.kafkaflink.rehearsal.Waiting;
import io.kafkaflink.rehearsal.stage.AppliedPipeline;
import io.kafkaflink.rehearsal.stage.PipelineView;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits for what the operator says of a pipeline.
 *
 * @param crash what may be away meanwhile
 */
record Conditions(AppliedPipeline pipeline, Waiting waiting, Optional<Crash> crash) {
    /** Waits until what the spec asks for runs. */
    void awaitReady() {
        await(
                "Ready",
                view -> view.stalled().isPresent() && view.current()
                        ? refused(view)
                        : view.current() && view.ready().isPresent() && !view.suspended()
                                ? Optional.empty()
                                : Optional.of(view.words()));
    }

    /** Waits until the change is given up and the old job runs. */
    void awaitRolledBack() {
        await(
                "RolledBack",
                view -> view.current() && view.ready().isPresent() && !view.suspended()
                        ? Optional.of("the change is in force: " + view.words())
                        : view.stalled()
                                        .filter(text -> text.startsWith("RolledBack"))
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(view.stalled().orElse(view.words())));
    }

    /** Waits until the job has stopped with a savepoint. */
    void awaitSuspended() {
        await("Suspended", view -> view.suspended() ? Optional.empty() : Optional.of(view.words()));
    }

    /** Waits until the condition Ready or Stalled has a reason. */
    void awaitReason(String reason) {
        await(
                reason,
                view -> view.words().startsWith(reason)
                                || view.stalled()
                                        .filter(text -> text.startsWith(reason))
                                        .isPresent()
                        ? Optional.empty()
                        : Optional.of(view.words()));
    }

    /** Waits until the change under way is in a step. */
    void awaitStep(String step) {
        await("step " + step, view -> {
            String found = pipeline.status().at("/upgrade/step").asText();
            return found.equals(step) ? Optional.empty() : Optional.of("'" + found + "', " + view.words());
        });
    }

    private void await(String what, Function<PipelineView, Optional<String>> missing) {
        waiting.until(
                pipeline.shortName() + " " + what,
                Play.STEP,
                () -> crash.filter(Crash::away).isPresent() ? Optional.of("something is away") : missing(missing));
    }

    private Optional<String> missing(Function<PipelineView, Optional<String>> condition) {
        try {
            return condition.apply(pipeline.look());
        } catch (KubernetesClientException noAnswer) {
            if (crash.isEmpty()) {
                throw noAnswer;
            }
            return Optional.of("no answer: " + noAnswer.getMessage());
        }
    }

    private Optional<String> refused(PipelineView view) {
        throw new RehearsalFailedException(
                "the operator refuses: " + view.stalled().orElseThrow());
    }
}
