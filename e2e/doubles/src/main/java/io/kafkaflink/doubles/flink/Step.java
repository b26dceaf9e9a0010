package io.kafkaflink.doubles.flink;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Outcome of one step.
 *
 * @param again when to step again at the latest; empty means only after a change of the resource or the runtime
 */
public record Step(List<Effect> effects, Memory memory, Optional<Duration> again) {
    public Step {
        effects = List.copyOf(effects);
    }
}
