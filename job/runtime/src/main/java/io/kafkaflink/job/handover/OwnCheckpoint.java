package io.kafkaflink.job.handover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest checkpoint that a job has written itself. */
record OwnCheckpoint(Optional<CheckpointFolder> folder, Waiting waiting) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnCheckpoint.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Path of the newest checkpoint with a number above the given one. Files that do not answer for a minute count as none:
     * then high availability decides, as it does anyway.
     */
    Optional<String> after(long number) throws InterruptedException {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Instant end = waiting.now().plus(PATIENCE);
        while (true) {
            try {
                OptionalLong newest = folder.get().newest();
                return newest.isPresent() && newest.getAsLong() > number
                        ? Optional.of(folder.get().path(newest.getAsLong()))
                        : Optional.empty();
            } catch (IOException e) {
                LOG.warn(
                        "Own checkpoints in {} cannot be listed: {}",
                        folder.get().uri(),
                        e.toString());
                if (waiting.now().isAfter(end)) {
                    return Optional.empty();
                }
                waiting.pause(Duration.ofSeconds(1));
            }
        }
    }
}
