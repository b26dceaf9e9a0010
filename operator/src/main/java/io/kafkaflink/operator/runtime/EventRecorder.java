package io.kafkaflink.operator.runtime;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.reconcile.EventSink;
import io.kafkaflink.operator.status.Note;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Kubernetes Events of pipelines. The same Event is one object with a count: its name is derived from what it
 * says. An Event is written in the background, and one that cannot be written is only logged: reconciling never waits.
 */
final class EventRecorder implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "kafkaflink-operator";
    /** Limit of the API for {@code message}, in bytes. */
    private static final int LONGEST_MESSAGE = 1024;

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(COMPONENT)
            .withForce(true)
            .build();
    private static final int QUEUE = 1000;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final Clock clock;
    private final EventBudget budget;
    private final EventTally tally = new EventTally();
    private final ThreadPoolExecutor writer;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.budget = new EventBudget(clock);
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(QUEUE),
                task -> new Thread(task, "events"),
                (task, pool) -> LOG.debug("the queue of Events is full, one is dropped"));
    }

    @Override
    public void record(KafkaFlinkPipeline pipeline, Note note) {
        ObjectMeta of = pipeline.getMetadata();
        if (budget.take(of.getNamespace() + "/" + of.getName())) {
            Event event = event(of, note);
            writer.execute(() -> write(event));
        }
    }

    private Event event(ObjectMeta of, Note note) {
        String message = shortened(note.message());
        String name = of.getName() + "."
                + digest(of.getUid() + "\n" + note.severity() + "\n" + note.reason() + "\n" + message);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        EventTally.Count count = tally.add(of.getNamespace() + "/" + name, now);
        return new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(of.getNamespace())
                .endMetadata()
                .withType(note.severity().name())
                .withReason(note.reason())
                .withMessage(message)
                .withCount(count.times())
                .withFirstTimestamp(count.first().toString())
                .withLastTimestamp(now.toString())
                .withReportingComponent(COMPONENT)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withNewInvolvedObject()
                .withApiVersion(KafkaFlinkPipeline.GROUP + "/" + KafkaFlinkPipeline.VERSION)
                .withKind(KafkaFlinkPipeline.KIND)
                .withName(of.getName())
                .withNamespace(of.getNamespace())
                .withUid(of.getUid())
                .endInvolvedObject()
                .build();
    }

    private void write(Event event) {
        try {
            client.v1()
                    .events()
                    .inNamespace(event.getMetadata().getNamespace())
                    .resource(event)
                    .patch(APPLY);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("namespace", event.getMetadata().getNamespace())
                    .addKeyValue("reason", event.getReason())
                    .log("an Event could not be written: {}", e.getMessage());
        }
    }

    private static String shortened(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_MESSAGE) {
            return message;
        }
        String cut = new String(bytes, 0, LONGEST_MESSAGE - 8, StandardCharsets.UTF_8);
        return cut.replaceAll("\uFFFD+$", "") + " …";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Writes what is queued, for a moment. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
