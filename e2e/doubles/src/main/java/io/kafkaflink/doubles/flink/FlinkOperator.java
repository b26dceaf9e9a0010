package io.kafkaflink.doubles.flink;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kafkaflink.doubles.NotRecorded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Flink operator double, running on an API server: FlinkDeployments and FlinkStateSnapshots of one or
 * all namespaces. One
 * thread does everything, so a runtime that is not thread-safe is driven by it alone ({@link #run}).
 */
public final class FlinkOperator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlinkOperator.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Clock clock;
    private final FlinkRuntime runtime;
    private final FlinkReconciler reconciler;
    private final SharedIndexInformer<GenericKubernetesResource> deployments;
    private final SharedIndexInformer<GenericKubernetesResource> snapshots;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final List<NotRecorded> notRecorded = new CopyOnWriteArrayList<>();
    private final Thread worker;
    private volatile boolean closed;

    private FlinkOperator(
            KubernetesClient client,
            Optional<String> namespace,
            Function<ClusterObjects, FlinkRuntime> runtimes,
            FlinkOperatorSettings settings,
            Clock clock) {
        this.clock = clock;
        this.deployments = informer(client, FlinkResources.DEPLOYMENTS, namespace);
        this.snapshots = informer(client, FlinkResources.SNAPSHOTS, namespace);
        ApiServerFlink store = new ApiServerFlink(client, deployments, snapshots, new FlinkEvents(client, clock));
        this.runtime = runtimes.apply(store);
        this.reconciler = new FlinkReconciler(store, runtime, settings, clock);
        this.worker = new Thread(this::work, "flink-operator-double");
        this.worker.setDaemon(true);
    }

    /**
     * Starts the double. Client and runtime stay the caller's; clusters outlive the double as they outlive the real
     * operator, and a double that is started later goes on from the statuses.
     *
     * @param namespace the one that is watched ({@code watchNamespaces} of the chart); empty means all
     * @param runtimes gives the runtime; a simulated one keeps its ConfigMaps and pods where it is told
     */
    public static FlinkOperator start(
            KubernetesClient client,
            Optional<String> namespace,
            Function<ClusterObjects, FlinkRuntime> runtimes,
            FlinkOperatorSettings settings,
            Clock clock) {
        FlinkOperator operator = new FlinkOperator(client, namespace, runtimes, settings, clock);
        operator.listen();
        operator.snapshots.run();
        operator.deployments.run();
        operator.worker.start();
        return operator;
    }

    private static SharedIndexInformer<GenericKubernetesResource> informer(
            KubernetesClient client, ResourceDefinitionContext context, Optional<String> namespace) {
        return namespace.isPresent()
                ? client.genericKubernetesResources(context)
                        .inNamespace(namespace.get())
                        .runnableInformer(0)
                : client.genericKubernetesResources(context).inAnyNamespace().runnableInformer(0);
    }

    /** Situations met so far in which nobody knows what the real operator does; a rehearsal has to fail on any. */
    public List<NotRecorded> notRecorded() {
        return List.copyOf(notRecorded);
    }

    /** Runs something on the thread that drives the runtime, for example a failure of a simulated Flink. */
    public void run(Runnable action) {
        inbox.add(action);
    }

    /** Ends the operator at once, as if killed between two calls. */
    @Override
    public void close() {
        closed = true;
        deployments.close();
        snapshots.close();
        inbox.add(() -> {});
        try {
            worker.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        runtime.onChange(new FlinkRuntime.Listener() {
            @Override
            public void podChanged(DeploymentKey key) {
                inbox.add(() -> reconciler.changed(key));
            }

            @Override
            public void answered(DeploymentKey key) {
                inbox.add(() -> reconciler.answered(key));
            }

            @Override
            public void failed(RuntimeException failure) {
                FlinkOperator.this.failed(failure);
            }
        });
        deployments.addEventHandler(
                new Changes((namespace, name) -> reconciler.changed(new DeploymentKey(namespace, name))));
        snapshots.addEventHandler(new Changes(reconciler::snapshotChanged));
    }

    private void work() {
        while (!closed) {
            try {
                runtime.advance();
                drain();
                reconciler.runDue(this::failed);
                awaitNext();
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void drain() {
        for (Runnable next = inbox.poll(); next != null && !closed; next = inbox.poll()) {
            next.run();
        }
    }

    private void awaitNext() throws InterruptedException {
        Instant now = clock.instant();
        Duration wait = Stream.of(reconciler.nextDue(), runtime.nextChange())
                .flatMap(Optional::stream)
                .map(due -> Duration.between(now, due))
                .min(Duration::compareTo)
                .filter(until -> until.compareTo(IDLE) < 0)
                .orElse(IDLE);
        if (wait.isNegative() || wait.isZero()) {
            return;
        }
        Runnable next = inbox.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null) {
            next.run();
        }
    }

    private void failed(RuntimeException e) {
        if (e instanceof NotRecorded gap) {
            notRecorded.add(gap);
            LOG.error("Flink operator double: {}", gap.getMessage());
        } else {
            LOG.warn("Flink operator double: a pass failed and is tried again", e);
        }
    }

    /** Everything but changes of status alone. */
    private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {

        private final BiConsumer<String, String> target;

        Changes(BiConsumer<String, String> target) {
            this.target = target;
        }

        @Override
        public void onAdd(GenericKubernetesResource resource) {
            enqueue(resource);
        }

        @Override
        public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource resource) {
            boolean same = Objects.equals(
                            old.getMetadata().getGeneration(),
                            resource.getMetadata().getGeneration())
                    && Objects.equals(
                            old.getMetadata().getDeletionTimestamp(),
                            resource.getMetadata().getDeletionTimestamp());
            if (!same) {
                enqueue(resource);
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource resource, boolean finalStateUnknown) {
            enqueue(resource);
        }

        private void enqueue(GenericKubernetesResource resource) {
            inbox.add(() -> target.accept(
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName()));
        }
    }
}
