package io.kafkaflink.rehearsal.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Plain lines with the seconds since the start, for logs and pipes. */
public final class LineProgress implements Progress {
    private static final int PARTS = 4;
    /** A wait is told of when it has lasted this long, and again as often. */
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();

    private final PrintStream out;
    private final long start = System.nanoTime();
    private long told = start;
    private long part;

    public LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String line) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        told = System.nanoTime();
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, line));
        out.flush();
    }

    @Override
    public synchronized void waitingFor(String what) {
        if (System.nanoTime() - told > PATIENCE) {
            say("waiting for " + what);
        }
    }

    @Override
    public synchronized void events(long done, long all) {
        long reached = all == 0 ? 0 : done * PARTS / all;
        if (reached > part) {
            part = reached;
            say("replayed " + done + " of " + all + " events");
        }
    }

    @Override
    public void close() {
        out.flush();
    }
}
