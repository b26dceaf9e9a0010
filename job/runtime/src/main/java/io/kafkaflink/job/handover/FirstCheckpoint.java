package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Verification;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the first own checkpoint that holds every partition, compares it with what was expected and reports. Reads the
 * files: a running job keeps no other place where its state can be seen whole.
 */
final class FirstCheckpoint implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstCheckpoint.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final HandoverMap map;
    private final String jobId;
    private final CheckpointFolder folder;
    private final Expectation expectation;
    private final ConnectorLine line;
    private final Duration patience;
    private final Waiting waiting;

    /** @param patience after which what is there, or that nothing is, becomes the report */
    FirstCheckpoint(
            HandoverMap map,
            String jobId,
            CheckpointFolder folder,
            Expectation expectation,
            ConnectorLine line,
            Duration patience,
            Waiting waiting) {
        this.map = map;
        this.jobId = jobId;
        this.folder = folder;
        this.expectation = expectation;
        this.line = line;
        this.patience = patience;
        this.waiting = waiting;
    }

    /** In a thread of the JobManager that keeps nobody from ending. */
    void watch() {
        Thread thread = new Thread(this, "handover-first-checkpoint");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.error("The first checkpoint is not verified", e));
        thread.start();
    }

    @Override
    public void run() {
        try (map) {
            report(verification());
        } catch (InterruptedException e) {
            LOG.debug("The JobManager ends before the first checkpoint is verified", e);
        }
    }

    private Verification verification() throws InterruptedException {
        Instant end = waiting.now().plus(patience);
        String last = "no checkpoint was completed";
        while (true) {
            boolean late = waiting.now().isAfter(end);
            try {
                Optional<Verification> verification = look(late);
                if (verification.isPresent()) {
                    return verification.get();
                }
            } catch (IOException | UnreadableState e) {
                // Deleted meanwhile by a newer one, or files that do not answer: the next look finds out.
                last = e.getMessage();
            }
            if (late) {
                return expectation.none(
                        jobId,
                        "No own checkpoint in " + folder.uri() + " could be verified within " + patience.toSeconds()
                                + " s: " + last + ". Look at the job's exceptions and checkpoints",
                        waiting.now());
            }
            waiting.pause(INTERVAL);
        }
    }

    private Optional<Verification> look(boolean last) throws IOException, UnreadableState {
        OptionalLong newest = folder.newest();
        if (newest.isEmpty() || newest.getAsLong() <= expectation.savepointId()) {
            return Optional.empty();
        }
        SavedState state = SavedState.read(folder.path(newest.getAsLong()), line);
        return expectation.verify(
                jobId, state.checkpointId(), state.offsets(expectation.sourceUid()), last, waiting.now());
    }

    private void report(Verification verification) throws InterruptedException {
        String json = HandoverJson.write(verification);
        LOG.info("First checkpoint: {}", json);
        while (true) {
            try {
                if (!map.write(HandoverKeys.VERIFIED, json, data -> data.containsKey(HandoverKeys.RESULT))) {
                    LOG.warn("ConfigMap {} takes no verification any more", map.name());
                }
                return;
            } catch (IOException e) {
                LOG.warn("The verification is written again in a moment: {}", e.getMessage());
                waiting.pause(Duration.ofSeconds(5));
            }
        }
    }
}
