package io.kafkaflink.operator.reconcile;

import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** Judges the informers of an event source. */
final class Informers {
    private Informers() {}

    static boolean stopped(InformerEventSource<?, ?> source) {
        return source.informerHealthIndicators().values().stream().anyMatch(informer -> !informer.isRunning());
    }

    /**
     * An empty cache that never filled looks like a cluster without objects, and would have everything created anew.
     *
     * @throws IllegalStateException when the cache is not filled yet; the framework tries again
     */
    static void requireSynced(InformerEventSource<?, ?> source) {
        boolean synced =
                source.informerHealthIndicators().values().stream().allMatch(InformerHealthIndicator::hasSynced);
        if (!synced) {
            throw new IllegalStateException("the cache of " + source.name()
                    + " is not filled yet; check that the operator may list and watch these resources");
        }
    }
}
