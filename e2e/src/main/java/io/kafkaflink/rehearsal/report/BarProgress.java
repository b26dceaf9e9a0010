package io.kafkaflink.rehearsal.report;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar at the bottom of a terminal, with what is waited for, and lines above it. */
final class BarProgress implements Progress {
    private static final int REFRESH_MILLIS = 250;
    private static final String CLEAR_LINE = "\r\033[K";

    private final long start = System.nanoTime();
    private ProgressBar bar;

    @Override
    public synchronized void say(String line) {
        double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
        System.err.print(CLEAR_LINE);
        System.err.flush();
        System.out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds, line));
        System.out.flush();
        if (bar != null) {
            bar.refresh();
        }
    }

    @Override
    public synchronized void waitingFor(String what) {
        bar().setExtraMessage(" " + what);
    }

    @Override
    public synchronized void events(long done, long all) {
        bar().maxHint(all);
        bar().stepTo(done);
    }

    private ProgressBar bar() {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("events")
                    .setInitialMax(0)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REFRESH_MILLIS)
                    .hideEta()
                    .build();
        }
        return bar;
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
