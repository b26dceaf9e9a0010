package io.kafkaflink.rehearsal.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Adds up the resident memory of this process and everything it has started, once a second, and keeps the most. Pages
 * that processes share are counted in each.
 */
public final class MemoryMeter implements AutoCloseable {
    private static final String RESIDENT = "VmRSS:";

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "memory meter");
        thread.setDaemon(true);
        return thread;
    });
    private long peak;
    private int processes;

    /** Starts to measure. */
    public MemoryMeter() {
        clock.scheduleAtFixedRate(this::measure, 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void measure() {
        List<Long> sizes = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(process -> resident(process.pid()))
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .toList();
        long sum = sizes.stream().mapToLong(Long::longValue).sum();
        if (sum > peak) {
            peak = sum;
            processes = sizes.size();
        }
    }

    /** The most so far, in bytes; empty where the system does not tell (no {@code /proc}). */
    public synchronized OptionalLong peak() {
        return peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak);
    }

    /** Number of processes at that moment. */
    public synchronized int processes() {
        return processes;
    }

    private static OptionalLong resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException gone) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
