package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.stage.Stage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** Stages that parts are played on at once, one part at a time on each. */
final class Stages implements AutoCloseable {
    private final BlockingQueue<Stage> free;
    private final ExecutorService players;

    Stages(List<Stage> all) {
        free = new LinkedBlockingQueue<>(all);
        players = Executors.newFixedThreadPool(all.size());
    }

    /** Plays as soon as a stage is free, in the order of the calls. */
    <T> Future<T> play(Function<Stage, T> part) {
        return players.submit(() -> {
            Stage stage = free.take();
            try {
                return part.apply(stage);
            } finally {
                free.add(stage);
            }
        });
    }

    @Override
    public void close() {
        players.shutdownNow();
    }
}
