package io.kafkaflink.doubles.topic;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Topic Operator double, running: it watches the KafkaTopics ({@code kafka.strimzi.io/v1}) of one namespace that
 * carry one cluster label and makes Kafka follow them. One worker thread, as in the real one: a slow call to Kafka holds
 * up every topic.
 */
public final class TopicOperator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicOperator.class);

    private final KafkaTopicStore store;
    private final TopicReconciler reconciler;
    private final TopicOperatorSettings settings;
    private final Set<String> queued = new HashSet<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "topic-operator-double");
        thread.setDaemon(true);
        return thread;
    });
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    private TopicOperator(KubernetesClient client, Topics kafka, TopicOperatorSettings settings, Clock clock) {
        this.settings = settings;
        this.informer = client.genericKubernetesResources(KafkaTopicCodec.CONTEXT)
                .inNamespace(settings.namespace())
                .withLabel(KafkaTopic.CLUSTER_LABEL, settings.cluster())
                .runnableInformer(0);
        this.store = new ApiServerKafkaTopics(client, informer);
        this.reconciler = new TopicReconciler(store, kafka, settings, clock);
    }

    /**
     * Starts the double. The client and {@code kafka} stay the caller's and must outlive it.
     *
     * @throws KubernetesClientException when KafkaTopics cannot be listed, for example because their CRD is missing
     */
    public static TopicOperator start(
            KubernetesClient client, Topics kafka, TopicOperatorSettings settings, Clock clock) {
        TopicOperator operator = new TopicOperator(client, kafka, settings, clock);
        operator.informer.addEventHandler(operator.events());
        operator.informer.run();
        long period = settings.resync().toMillis();
        operator.worker.scheduleAtFixedRate(operator::resync, period, period, TimeUnit.MILLISECONDS);
        return operator;
    }

    /** Stops at once, as if killed; resources and topics stay as they are. */
    @Override
    public void close() {
        informer.close();
        worker.shutdownNow();
    }

    private ResourceEventHandler<GenericKubernetesResource> events() {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource resource) {
                enqueue(resource.getMetadata().getName(), settings.lag());
            }

            @Override
            public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource resource) {
                if (!onlyStatusDiffers(old, resource)) {
                    enqueue(resource.getMetadata().getName(), settings.lag());
                }
            }

            @Override
            public void onDelete(GenericKubernetesResource resource, boolean finalStateUnknown) {
                submit(() -> reconciler.vanished(KafkaTopicCodec.read(resource)));
            }
        };
    }

    private static boolean onlyStatusDiffers(GenericKubernetesResource old, GenericKubernetesResource resource) {
        return Objects.equals(
                        old.getAdditionalProperties().get("spec"),
                        resource.getAdditionalProperties().get("spec"))
                && Objects.equals(
                        old.getMetadata().getLabels(), resource.getMetadata().getLabels())
                && Objects.equals(
                        old.getMetadata().getAnnotations(),
                        resource.getMetadata().getAnnotations())
                && Objects.equals(
                        old.getMetadata().getDeletionTimestamp(),
                        resource.getMetadata().getDeletionTimestamp());
    }

    private synchronized void enqueue(String name, Duration delay) {
        if (!worker.isShutdown() && queued.add(name)) {
            worker.schedule(guarded(() -> reconcile(name)), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void submit(Runnable task) {
        if (!worker.isShutdown()) {
            worker.execute(guarded(task));
        }
    }

    private void resync() {
        guarded(() -> store.all().forEach(topic -> enqueue(topic.name(), Duration.ZERO)))
                .run();
    }

    /** A periodic task that throws is never run again, so failures end here, in the log. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("Topic Operator double: reconciliation failed, the next event or resync tries again", e);
            }
        };
    }

    private void reconcile(String name) {
        synchronized (this) {
            queued.remove(name);
        }
        try {
            reconciler.reconcile(name).ifPresent(delay -> enqueue(name, delay));
        } catch (KubernetesClientException e) {
            LOG.warn("Topic Operator double: KafkaTopic {} is tried again: {}", name, e.getMessage());
            enqueue(name, Duration.ofSeconds(1));
        }
    }
}
