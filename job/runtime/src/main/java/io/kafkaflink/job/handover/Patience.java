package io.kafkaflink.job.handover;

import io.kafkaflink.job.JobRefused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For an API server or a file system that does not answer; the wait for a go has no such limit. */
record Patience(Waiting waiting) {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** A question to somebody outside. */
    interface Question<T> {
        T ask() throws IOException;
    }

    /**
     * Asks again until there is an answer.
     *
     * @param advice end of the message, when there is none in time
     * @throws JobRefused after two minutes
     */
    <T> T answer(Question<T> question, String advice) throws InterruptedException {
        Instant end = waiting.now().plus(LIMIT);
        while (true) {
            try {
                return question.ask();
            } catch (IOException e) {
                if (waiting.now().isAfter(end)) {
                    throw new JobRefused("Handover " + e.getMessage() + advice);
                }
                LOG.warn("Tried again in a moment: {}", e.getMessage());
                waiting.pause(INTERVAL);
            }
        }
    }
}
