package io.kafkaflink.doubles;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told. */
public final class VirtualClock extends Clock {

    private Instant now;

    /** Starts at the given moment. */
    public VirtualClock(Instant start) {
        now = start;
    }

    /** Moves to a moment that is not in the past. */
    public void moveTo(Instant moment) {
        if (moment.isBefore(now)) {
            throw new IllegalArgumentException("The clock shows " + now + " and cannot go back to " + moment);
        }
        now = moment;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
