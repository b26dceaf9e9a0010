package io.kafkaflink.doubles;

/**
 * A double was brought into a situation that nobody has recorded from the real operator, so it cannot say what the real
 * one would do. The message names what was asked.
 */
public final class NotRecorded extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NotRecorded(String asked) {
        super("Not recorded from the real operator: " + asked
                + ". Record it on a real cluster and teach the double, or keep the test out of it.");
    }
}
