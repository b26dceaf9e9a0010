package io.kafkaflink.kubectl;

import java.io.Serial;

/** Something that the user has to know, in one sentence; ends the command with exit code 1. */
final class KfpFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    KfpFailure(String message) {
        super(message);
    }
}
