package io.kafkaflink.job.format;

import java.io.Serial;

/** A record value that is not what its format declares; the message says what was found and expected. */
public final class UnreadableValue extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnreadableValue(String message) {
        super(message, null, false, false);
    }
}
