package io.kafkaflink.processes;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one process running, as a Deployment does with a pod: started again whenever it ends, at once the first time,
 * then after 1, 2, 4 and at most 10 s while it keeps ending within a minute.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final long STABLE_NANOS = Duration.ofMinutes(1).toNanos();

    private final ProcessLedger ledger;
    private final ScheduledExecutorService timer;
    private final IntFunction<JavaCommand> commands;
    private ChildProcess process;
    private OptionalInt lastExit = OptionalInt.empty();
    private boolean wanted;
    private int generation;
    private int restarts;
    private int quickEnds;

    /** @param commands the command for the first, second, … start of this process, counted from 1 */
    Supervisor(ProcessLedger ledger, ScheduledExecutorService timer, IntFunction<JavaCommand> commands) {
        this.ledger = ledger;
        this.timer = timer;
        this.commands = commands;
    }

    synchronized void start() {
        wanted = true;
        launch();
    }

    /** Does not start it again. */
    synchronized void giveUp() {
        wanted = false;
    }

    /** Ends the process and does not start it again. */
    void stop(Duration grace) {
        giveUp();
        // Outside the lock: the end of the process needs it.
        ChildProcess running = process();
        if (running != null) {
            running.stop(grace);
        }
    }

    /** The process that runs now, or ran last; null before the first start. */
    synchronized ChildProcess process() {
        return process;
    }

    synchronized int restarts() {
        return restarts;
    }

    synchronized OptionalInt lastExit() {
        return lastExit;
    }

    private void launch() {
        generation++;
        ChildProcess started = ledger.start(commands.apply(generation).command());
        process = started;
        long startedAt = System.nanoTime();
        started.exit().thenAccept(code -> ended(started, code, System.nanoTime() - startedAt));
    }

    private synchronized void ended(ChildProcess child, int code, long nanos) {
        lastExit = OptionalInt.of(code);
        if (!wanted || child != process || ledger.isClosed()) {
            return;
        }
        quickEnds = nanos < STABLE_NANOS ? quickEnds + 1 : 1;
        Duration delay = delay(quickEnds);
        LOG.info("{} ended with exit code {}; starts again in {} s", child.name(), code, delay.toSeconds());
        timer.schedule(() -> relaunch(child), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void relaunch(ChildProcess predecessor) {
        if (!wanted || process != predecessor) {
            return;
        }
        try {
            launch();
            restarts++;
        } catch (IllegalStateException | ProcessFailedException e) {
            LOG.warn("{} is not started again", predecessor.name(), e);
        }
    }

    /** @param quickEnds how often in a row the process has ended soon after its start */
    static Duration delay(int quickEnds) {
        if (quickEnds <= 1) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(quickEnds - 2, 10));
        return doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
    }
}
