package io.kafkaflink.job;

import java.io.Serial;

/** The job cannot be started as told; the message is one line for the person who told it. */
public final class JobRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public JobRefused(String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
    }
}
