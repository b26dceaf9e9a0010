package io.kafkaflink.operator.apply;

/** The cluster has moved on since the plan was made: look again. No fault, and nothing was written. */
public final class OutdatedView extends Exception {
    private static final long serialVersionUID = 1L;

    OutdatedView(String message) {
        super(message);
    }
}
