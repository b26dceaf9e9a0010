package io.kafkaflink.operator.plan;

import java.util.Optional;

/**
 * Why a change is taken back. Stands in status while that is done, so that an operator that is killed meanwhile goes on for
 * the same reason.
 *
 * @param reason one of {@link Reasons}
 * @param message for people
 */
record Cause(String reason, String message) {
    private static final String SEPARATOR = ": ";

    /** Not the new job's fault: the spec asks for something else by now. */
    static Cause superseded(String message) {
        return new Cause(Reasons.UPGRADE_SUPERSEDED, message);
    }

    /** Its state can be taken up with new uids only, which is tried next. */
    static Cause newUids(String message) {
        return new Cause(Reasons.NEW_UIDS_NEEDED, message);
    }

    /** As it stands in status. */
    String text() {
        return reason + SEPARATOR + message;
    }

    /** What a status says; without one, that nobody knows. */
    static Cause of(String text) {
        int end = text == null ? -1 : text.indexOf(SEPARATOR);
        return end < 0
                ? superseded("the operator lost what it knew of the change")
                : new Cause(text.substring(0, end), text.substring(end + SEPARATOR.length()));
    }

    /** The revision is not tried again by itself. */
    boolean rejects() {
        return !reason.equals(Reasons.UPGRADE_SUPERSEDED) && !reason.equals(Reasons.NEW_UIDS_NEEDED);
    }

    Optional<Cause> rejecting() {
        return Optional.of(this).filter(Cause::rejects);
    }
}
