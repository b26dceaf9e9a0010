package io.kafkaflink.doubles.flink;

import io.kafkaflink.doubles.NotRecorded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Steps {@link FlinkOperatorRules} over a store and a runtime, without threads and without waiting: whoever drives it
 * reports changes, asks {@link #nextDue()} and calls {@link #runDue()} when the clock is there. Not thread-safe.
 */
public final class FlinkReconciler {

    /** What is known of one resource: the work queue's side of it. */
    private record Entry(String uid, Memory memory, boolean dirty) {}

    private sealed interface Item {}

    private record DeploymentItem(DeploymentKey key) implements Item {}

    private record SnapshotItem(String namespace, String name) implements Item {}

    private final FlinkStore store;
    private final FlinkRuntime runtime;
    private final Duration eventLatency;
    private final FlinkOperatorRules rules;
    private final SnapshotRules snapshotRules;
    private final Clock clock;
    private final Map<DeploymentKey, Entry> entries = new HashMap<>();
    private final Map<Item, Instant> due = new HashMap<>();
    private Runnable beforeEffect = () -> {};

    /** The caller routes what the runtime tells to {@link #changed} and {@link #answered}. */
    public FlinkReconciler(FlinkStore store, FlinkRuntime runtime, FlinkOperatorSettings settings, Clock clock) {
        this.store = store;
        this.runtime = runtime;
        this.eventLatency = settings.eventLatency();
        this.rules = new FlinkOperatorRules(settings);
        this.snapshotRules = new SnapshotRules(settings);
        this.clock = clock;
    }

    /** Runs {@code action} before each effect; what it throws ends the piece there. */
    void beforeEffects(Runnable action) {
        beforeEffect = action;
    }

    /** A FlinkDeployment or its pods have changed: look at once, or right after the pass that is under way. */
    public void changed(DeploymentKey key) {
        entries.computeIfPresent(key, (k, entry) -> new Entry(entry.uid(), entry.memory(), true));
        due.put(new DeploymentItem(key), clock.instant());
    }

    /** What a pass has been waiting for is there. */
    public void answered(DeploymentKey key) {
        due.put(new DeploymentItem(key), clock.instant());
    }

    /** A FlinkStateSnapshot has been created, changed or marked for deletion. */
    public void snapshotChanged(String namespace, String name) {
        due.put(new SnapshotItem(namespace, name), clock.instant());
    }

    /** When {@link #runDue()} has to be called next. */
    public Optional<Instant> nextDue() {
        return due.values().stream().min(Comparator.naturalOrder());
    }

    /**
     * Does all that is due.
     *
     * @param failed told about a pass that threw; it is tried again after a second, unless nobody knows what to do
     */
    public void runDue(Consumer<RuntimeException> failed) {
        Instant now = clock.instant();
        List<Item> items = new ArrayList<>();
        due.forEach((item, at) -> {
            if (!at.isAfter(now)) {
                items.add(item);
            }
        });
        items.sort(Comparator.comparing(due::get));
        for (Item item : items) {
            due.remove(item);
            try {
                step(item);
            } catch (RuntimeException e) {
                if (!(e instanceof NotRecorded)) {
                    due.putIfAbsent(item, clock.instant().plusSeconds(1));
                }
                failed.accept(e);
            }
        }
    }

    private void step(Item item) {
        if (item instanceof DeploymentItem deployment) {
            step(deployment.key());
        } else if (item instanceof SnapshotItem snapshot) {
            step(snapshot);
        }
    }

    /** True while a pass over the resource waits for the runtime. */
    public boolean inPass(DeploymentKey key) {
        Entry entry = entries.get(key);
        return entry != null && inside(entry.memory());
    }

    /** As if the operator's process had been killed and started again: nothing is left but the resources. */
    public void restart() {
        due.clear();
        entries.clear();
    }

    private void step(DeploymentKey key) {
        Optional<FlinkDeployment> found = store.deployment(key);
        if (found.isEmpty()) {
            entries.remove(key);
            return;
        }
        FlinkDeployment resource = found.get();
        Entry entry = entries.get(key);
        if (entry == null || !entry.uid().equals(resource.uid())) {
            entry = new Entry(resource.uid(), Memory.FRESH, false);
        }
        Optional<String> jobId =
                resource.status().flatMap(status -> status.job().jobId());
        Step step =
                rules.step(resource, runtime.look(key, jobId), store.snapshots(key), entry.memory(), clock.instant());
        boolean inside = inside(step.memory());
        boolean queued = entry.dirty() && inside(entry.memory());
        entries.put(key, new Entry(resource.uid(), step.memory(), inside && queued));
        try {
            step.effects().forEach(effect -> perform(key, effect));
        } catch (RuntimeException e) {
            // The API server did not take all of it: this piece is done again as a whole.
            entries.put(key, entry);
            throw e;
        }
        Optional<Duration> again = !inside && queued ? Optional.of(eventLatency) : step.again();
        again.ifPresent(wait ->
                due.merge(new DeploymentItem(key), clock.instant().plus(wait), (a, b) -> a.isBefore(b) ? a : b));
    }

    private static boolean inside(Memory memory) {
        return memory.call().isPresent() || !(memory.phase() instanceof Memory.Idle);
    }

    private void perform(DeploymentKey key, Effect effect) {
        beforeEffect.run();
        if (effect instanceof Effect.WriteStatus write) {
            store.writeStatus(key, write.status());
        } else if (effect instanceof Effect.AddFinalizer) {
            store.addFinalizer(key);
        } else if (effect instanceof Effect.RemoveFinalizer) {
            entries.remove(key);
            store.removeFinalizer(key);
        } else if (effect instanceof Effect.Publish event) {
            store.publish(key, event);
        } else if (effect instanceof Effect.CreateSnapshot create) {
            store.create(create.snapshot());
        } else if (effect instanceof Effect.DeleteSnapshot delete) {
            store.snapshot(key.namespace(), delete.name()).ifPresent(store::delete);
        } else if (effect instanceof Effect.Stop stop) {
            runtime.stop(key, stop.jobId(), stop.directory());
        } else if (effect instanceof Effect.Cancel cancel) {
            runtime.cancel(key, cancel.jobId());
        } else if (effect instanceof Effect.Remove remove) {
            runtime.remove(key, remove.keepHaMetadata());
        } else if (effect instanceof Effect.Deploy deploy) {
            runtime.deploy(key, deploy.start());
        }
    }

    private void step(SnapshotItem item) {
        Optional<StateSnapshot> found = store.snapshot(item.namespace(), item.name());
        if (found.isEmpty()) {
            return;
        }
        StateSnapshot snapshot = found.get();
        DeploymentKey key = new DeploymentKey(snapshot.namespace(), snapshot.deployment());
        Optional<String> result = snapshot.triggerId().flatMap(id -> runtime.triggered(key, id));
        SnapshotRules.Move move = snapshotRules.decide(snapshot, store.deployment(key), result, clock.instant());
        Optional<Duration> again = Optional.empty();
        if (move instanceof SnapshotRules.Rest rest) {
            again = rest.again();
        } else if (move instanceof SnapshotRules.Write write) {
            store.write(write.snapshot());
            again = write.again();
        } else if (move instanceof SnapshotRules.Trigger trigger) {
            runtime.trigger(
                    key,
                    trigger.jobId(),
                    trigger.snapshot().triggerId().orElseThrow(),
                    snapshot.kind(),
                    trigger.directory());
            store.write(trigger.snapshot());
            again = Optional.of(Duration.ZERO);
        } else if (move instanceof SnapshotRules.LetGo letGo) {
            letGo.dispose().ifPresent(path -> runtime.dispose(key, path));
            store.removeFinalizer(snapshot);
        }
        again.ifPresent(wait -> due.put(item, clock.instant().plus(wait)));
    }
}
