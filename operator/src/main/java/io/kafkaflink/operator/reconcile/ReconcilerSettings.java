package io.kafkaflink.operator.reconcile;

import io.kafkaflink.operator.desired.OperatorDefaults;
import java.time.Duration;

/**
 * What the reconciler is told.
 *
 * @param requeueInterval longest time between two looks at a pipeline
 * @param cleanupTimeout limit of a pipeline's deletion
 */
public record ReconcilerSettings(
        Scope scope, OperatorDefaults defaults, Duration requeueInterval, Duration cleanupTimeout) {}
