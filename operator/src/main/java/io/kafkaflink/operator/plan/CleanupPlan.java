package io.kafkaflink.operator.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a deleted pipeline still needs.
 *
 * @param done nothing is left to do, the finalizer may go
 * @param waitingFor what has to disappear first
 * @param incomplete what is left behind because the time allowed is over
 */
public record CleanupPlan(List<Action> actions, boolean done, String waitingFor, Optional<String> incomplete) {
    public CleanupPlan {
        actions = List.copyOf(actions);
    }
}
