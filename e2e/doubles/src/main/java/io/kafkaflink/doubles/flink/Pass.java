package io.kafkaflink.doubles.flink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One piece of a reconciliation pass over one resource: inputs, the status being changed, effects so far. */
final class Pass {

    final FlinkDeployment resource;
    final RuntimeFacts facts;
    final List<StateSnapshot> snapshots;
    final Instant now;
    final FlinkOperatorSettings settings;
    final StatusDraft draft;
    Memory memory;
    private final List<Effect> effects = new ArrayList<>();
    private Optional<FlinkStatus> written;

    Pass(
            FlinkDeployment resource,
            RuntimeFacts facts,
            List<StateSnapshot> snapshots,
            Memory memory,
            Instant now,
            FlinkOperatorSettings settings) {
        this.resource = resource;
        this.facts = facts;
        this.snapshots = snapshots;
        this.memory = memory;
        this.now = now;
        this.settings = settings;
        this.written = resource.status();
        this.draft = new StatusDraft(resource.status().orElse(FlinkStatus.NONE));
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    void publish(boolean warning, String reason, String message, String component) {
        effects.add(new Effect.Publish(warning, reason, message, component));
    }

    /** Writes the status as it is, with the condition of the last pass, if anything has changed. */
    void write() {
        FlinkStatus status = draft.toStatus();
        if (!written.equals(Optional.of(status))) {
            effects.add(new Effect.WriteStatus(status));
            written = Optional.of(status);
        }
    }

    /** Ends the pass: the condition follows, status is written, the process waits for {@code again}. */
    Step end(Duration again) {
        draft.updateCondition(now);
        write();
        return new Step(effects, memory.with(new Memory.Idle()), Optional.of(again));
    }

    /** Ends the pass with the wait that fits the JobManager's state. */
    Step end() {
        if (draft.upgrading() && !draft.neverDeployed()) {
            return end(Duration.ZERO);
        }
        return end(
                switch (draft.jobManager) {
                    case DEPLOYING -> settings.progressCheck();
                    case DEPLOYED_NOT_READY -> settings.restReadyDelay();
                    case READY, MISSING, ERROR -> settings.reconcileInterval();
                });
    }

    /** Ends this piece; the pass goes on when the runtime has done what the effects ask. */
    Step await(Memory.Phase phase) {
        return new Step(effects, memory.with(phase), Optional.empty());
    }

    /** The resource as this pass sees it, for the next piece. */
    FlinkDeployment here() {
        return resource.with(written.orElse(draft.toStatus()));
    }

    /** Nothing is to be done, and nothing has been. */
    Step idle(Duration again) {
        return new Step(effects, memory, Optional.of(again));
    }

    /** A job id that no other deploy has; a function of resource and time, so that a run can be repeated. */
    String newJobId() {
        String seed = resource.uid() + "/" + resource.generation() + "/" + now.toEpochMilli() + "/"
                + draft.jobId().orElse("");
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
