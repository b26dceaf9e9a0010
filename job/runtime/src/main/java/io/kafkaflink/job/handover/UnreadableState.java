package io.kafkaflink.job.handover;

import java.io.Serial;

/** A savepoint or checkpoint that cannot be read; the message names it and says why in one line. */
public final class UnreadableState extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreadableState(String path, Throwable cause) {
        super("State " + path + " cannot be read: " + cause, cause);
    }
}
