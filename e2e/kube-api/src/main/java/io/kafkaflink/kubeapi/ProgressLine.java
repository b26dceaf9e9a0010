package io.kafkaflink.kubeapi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Says every few seconds that something long is still going on; silent when it is over before that. */
final class ProgressLine implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kube-api-progress");
        thread.setDaemon(true);
        return thread;
    });

    ProgressLine(String doing, Consumer<String> out) {
        Instant start = Instant.now();
        timer.scheduleAtFixedRate(
                () -> out.accept("kube-api: " + doing + ", "
                        + Duration.between(start, Instant.now()).toSeconds() + " s so far"),
                EVERY.toSeconds(),
                EVERY.toSeconds(),
                TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
