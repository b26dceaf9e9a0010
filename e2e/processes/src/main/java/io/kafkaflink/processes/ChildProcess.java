package io.kafkaflink.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running (or ended) child process; started by a {@link ProcessLedger}, which keeps the only record of it. */
public final class ChildProcess {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
    private static final int TAIL_BYTES = 16_384;

    private final Command command;
    private final Process process;
    private final CompletableFuture<Integer> exit;

    ChildProcess(Command command, Process process) {
        this.command = command;
        this.process = process;
        this.exit = process.onExit().thenApply(Process::exitValue);
    }

    /** A question that is asked again until the answer is yes. */
    @FunctionalInterface
    public interface Probe {
        /** True when the process can be used; an IOException (connection refused) counts as "not yet". */
        boolean ready() throws IOException;
    }

    public String name() {
        return command.name();
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return command.log();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the process ends; 128 + N after signal N. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /**
     * Waits until the probe says yes.
     *
     * @throws ProcessFailedException when the process ends first or the deadline passes; the message ends with the last
     *     lines of the log
     */
    public void awaitReady(Probe probe, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        String last = "no answer";
        while (System.nanoTime() < end) {
            try {
                if (probe.ready()) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            if (ended(PROBE_INTERVAL)) {
                throw new ProcessFailedException(name() + " (pid " + pid() + ") ended with exit code "
                        + process.exitValue() + " before it was ready.\n" + lastLines());
            }
        }
        throw new ProcessFailedException(name() + " (pid " + pid() + ") was not ready after " + deadline.toSeconds()
                + " s: " + last + ".\n" + lastLines());
    }

    /**
     * Waits for a process that ends by itself.
     *
     * @return its exit code
     * @throws ProcessFailedException when it is still running at the deadline; it is killed then
     */
    public int awaitExit(Duration deadline) {
        if (!ended(deadline)) {
            kill();
            throw new ProcessFailedException(
                    name() + " was killed: not finished after " + deadline.toSeconds() + " s. " + lastLines());
        }
        return process.exitValue();
    }

    /** Asks the process to end (SIGTERM) and forces it (SIGKILL) when it has not ended after the grace period. */
    public void stop(Duration grace) {
        process.destroy();
        if (!ended(grace)) {
            kill();
        }
    }

    /** Ends the process at once, as a lost machine would (SIGKILL), and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!ended(Duration.ofSeconds(10))) {
            throw new ProcessFailedException(name() + " (pid " + pid() + ") is still there 10 s after SIGKILL.");
        }
    }

    /** Memory the process occupies now (resident set), in bytes; empty where {@code /proc} does not tell. */
    public OptionalLong residentBytes() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"));
            return lines.stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** The last lines of the log, for messages. */
    public String lastLines() {
        try (var channel = Files.newByteChannel(log())) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var buffer = java.nio.ByteBuffer.allocate(TAIL_BYTES);
            channel.read(buffer);
            List<String> lines = StandardCharsets.UTF_8
                    .decode(buffer.flip())
                    .toString()
                    .lines()
                    .toList();
            List<String> tail = lines.subList(Math.max(0, lines.size() - 30), lines.size());
            return "Last lines of " + log() + ":\n  " + String.join("\n  ", tail);
        } catch (IOException e) {
            throw new UncheckedIOException("The log of " + name() + " cannot be read: " + log(), e);
        }
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("Interrupted while waiting for " + name() + " (pid " + pid() + ").", e);
        }
    }
}
