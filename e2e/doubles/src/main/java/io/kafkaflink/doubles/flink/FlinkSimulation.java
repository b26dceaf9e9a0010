package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operator double and simulated Flink clusters over an in-memory store, driven by a virtual clock: no threads, no
 * waiting. {@link #next()} says when something happens, {@link #runUntil} makes it happen.
 */
public final class FlinkSimulation {

    private final VirtualClock clock;
    private final InMemoryFlinkStore store = new InMemoryFlinkStore();
    private final SimulatedFlink flink;
    private final FlinkReconciler operator;
    private boolean operatorUp = true;
    private int effectsLeft = Integer.MAX_VALUE;
    private int effects;
    private Duration downtime = Duration.ZERO;
    private Optional<Instant> operatorBack = Optional.empty();

    /** The operator's process ended between two of its effects. */
    private static final class OperatorEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OperatorEnded() {
            super("the operator's process has ended", null, false, false);
        }
    }

    /** A world without resources. */
    public FlinkSimulation(VirtualClock clock, SimulatedTimes times, FlinkOperatorSettings settings) {
        this.clock = clock;
        this.flink = new SimulatedFlink(clock, times, store);
        this.operator = new FlinkReconciler(store, flink, settings, clock);
        operator.beforeEffects(this::countEffect);
        store.watch(new Router());
        flink.onChange(new FlinkRuntime.Listener() {
            @Override
            public void podChanged(DeploymentKey key) {
                operator.changed(key);
            }

            @Override
            public void answered(DeploymentKey key) {
                operator.answered(key);
            }

            @Override
            public void failed(RuntimeException failure) {
                throw failure;
            }
        });
    }

    /** Where users act. */
    public InMemoryFlinkStore store() {
        return store;
    }

    /** Scripts and failures. */
    public SimulatedFlink flink() {
        return flink;
    }

    /** Stops the operator's process, after the call that is under way. */
    public void stopOperator() {
        operatorUp = false;
    }

    /** Starts the operator's process again: it knows nothing but the resources. */
    public void startOperator() {
        operatorUp = true;
        operatorBack = Optional.empty();
        operator.restart();
        store.deployments().forEach(deployment -> operator.changed(deployment.key()));
        store.snapshots().forEach(snapshot -> operator.snapshotChanged(snapshot.namespace(), snapshot.name()));
    }

    /**
     * The operator's process ends after so many effects from now, be it between a call to Flink and the status that tells of
     * it, and is back after {@code newDowntime}.
     */
    public void killOperatorAfter(int newEffects, Duration newDowntime) {
        effectsLeft = newEffects;
        downtime = newDowntime;
    }

    /** Effects of the operator so far: writes, and calls to Flink. */
    public int operatorEffects() {
        return effects;
    }

    private void countEffect() {
        if (effectsLeft-- == 0) {
            throw new OperatorEnded();
        }
        effects++;
    }

    private void operatorEnded() {
        effectsLeft = Integer.MAX_VALUE;
        stopOperator();
        operatorBack = Optional.of(clock.instant().plus(downtime));
    }

    /** Whether the operator is in the middle of a pass over a resource. */
    public boolean inPass(DeploymentKey key) {
        return operator.inPass(key);
    }

    /** When something happens next. */
    public Optional<Instant> next() {
        return Stream.of(flink.nextChange(), operatorUp ? operator.nextDue() : operatorBack)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** Moves the clock to {@code end} and lets everything happen on the way, in order. */
    public void runUntil(Instant end) {
        for (Optional<Instant> next = next(); next.isPresent() && !next.get().isAfter(end); next = next()) {
            runNext(next.get());
        }
        clock.moveTo(end);
    }

    /** Moves the clock to the next thing that happens and lets it happen. */
    public void runNext(Instant next) {
        if (next.isAfter(clock.instant())) {
            clock.moveTo(next);
        }
        flink.advance();
        if (operatorBack.filter(back -> !back.isAfter(clock.instant())).isPresent()) {
            startOperator();
        }
        if (operatorUp) {
            runOperator();
        }
    }

    private void runOperator() {
        try {
            operator.runDue(failure -> {
                throw failure;
            });
        } catch (OperatorEnded e) {
            operatorEnded();
        }
    }

    private final class Router implements InMemoryFlinkStore.Watcher {
        @Override
        public void changed(FlinkDeployment deployment, boolean byUser) {
            if (byUser) {
                operator.changed(deployment.key());
            }
        }

        @Override
        public void gone(FlinkDeployment deployment) {
            operator.changed(deployment.key());
        }

        @Override
        public void snapshot(StateSnapshot snapshot, boolean gone) {
            operator.snapshotChanged(snapshot.namespace(), snapshot.name());
        }

        @Override
        public void haConfigMap(DeploymentKey key, String name, Optional<Map<String, String>> data) {
            // Flink's own business.
        }

        @Override
        public void event(DeploymentKey key, Effect.Publish event) {
            // For people.
        }
    }
}
