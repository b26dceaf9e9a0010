package io.kafkaflink.rehearsal.upgrade;

/**
 * One step of a scenario.
 *
 * @param what for the progress, as in {@code uidChangeNonce 1}
 */
public record Step(String what, Act act) {
    /** What is done. */
    @FunctionalInterface
    public interface Act {
        void play(Play play);
    }
}
