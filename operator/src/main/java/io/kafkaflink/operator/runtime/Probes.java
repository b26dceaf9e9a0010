package io.kafkaflink.operator.runtime;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Liveness and readiness from the state of the informers. A watch that is being reconnected is no fault: it flaps in
 * normal operation (operator-framework/java-operator-sdk#3209), so only running and synced count. Leadership is no part
 * of readiness, or a rolling update would wait for the old leader for ever.
 */
final class Probes {
    private final Operator operator;

    Probes(Operator operator) {
        this.operator = operator;
    }

    /** Bad when a started operator has an informer that stopped or never synced: only a restart helps. */
    Health live() {
        return operator.getRuntimeInfo().isStarted() ? informers() : Health.good();
    }

    /** Bad until every cache is filled. */
    Health ready() {
        return operator.getRuntimeInfo().isStarted() ? informers() : new Health(List.of("the operator is starting"));
    }

    private Health informers() {
        List<String> problems = new ArrayList<>();
        for (RegisteredController<?> controller : controllers()) {
            controller.getControllerHealthInfo().eventSourceHealthIndicators().forEach((name, source) -> {
                if (source instanceof InformerWrappingEventSourceHealthIndicator<?> informers) {
                    problems.addAll(problems(name, informers));
                }
            });
        }
        problems.sort(Comparator.naturalOrder());
        return new Health(problems);
    }

    /** The framework gives them with a raw type. */
    private List<RegisteredController<?>> controllers() {
        List<RegisteredController<?>> controllers = new ArrayList<>();
        operator.getRegisteredControllers().forEach(controllers::add);
        return controllers;
    }

    private static List<String> problems(String name, InformerWrappingEventSourceHealthIndicator<?> source) {
        return source.informerHealthIndicators().values().stream()
                .filter(informer -> !(informer.isRunning() && informer.hasSynced()))
                .map(informer -> describe(name, informer))
                .toList();
    }

    private static String describe(String name, InformerHealthIndicator informer) {
        return "informer " + name + " of namespace " + informer.getTargetNamespace()
                + (informer.isRunning() ? " has not synced" : " has stopped");
    }
}
