package io.kafkaflink.rehearsal.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Plain lines with the seconds since the start, for logs and pipes. */
public final class LineProgress implements Progress {
    private static final int PARTS = 4;

    private final PrintStream out;
    private final long start = System.nanoTime();
    private String waiting = "";
    private long part;

    public LineProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void say(String line) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, line));
        out.flush();
    }

    @Override
    public synchronized void waitingFor(String what) {
        if (!what.equals(waiting) && !what.isEmpty()) {
            waiting = what;
            say("... " + what);
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
