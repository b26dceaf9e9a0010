package io.kafkaflink.rehearsal.report;

/** Tells a person what happens now. Calls may come from several threads. */
public interface Progress extends AutoCloseable {
    /** A line that stays. */
    void say(String line);

    /** What is being waited for at the moment; replaces what was said before. */
    void waitingFor(String what);

    /** So many of all events have been replayed. */
    void events(long done, long all);

    /** Nothing more will be said. */
    @Override
    void close();

    /** A bar when somebody watches a terminal, lines otherwise. */
    static Progress standard() {
        return System.console() != null && System.getenv("TERM") != null
                ? new BarProgress()
                : new LineProgress(System.out);
    }
}
