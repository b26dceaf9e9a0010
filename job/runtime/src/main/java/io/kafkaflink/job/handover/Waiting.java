package io.kafkaflink.job.handover;

import java.time.Duration;
import java.time.Instant;

/** Time, as those see it who wait. */
interface Waiting {
    Waiting REAL = new Waiting() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            Thread.sleep(time.toMillis());
        }
    };

    Instant now();

    void pause(Duration time) throws InterruptedException;
}
