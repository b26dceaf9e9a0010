package io.kafkaflink.model.handover;

/** What stands under a key of the handover ConfigMap. */
public sealed interface Reading<T extends HandoverDocument> {

    /** Nothing, so far. */
    record Absent<T extends HandoverDocument>() implements Reading<T> {}

    /** A document that can be acted on. */
    record Found<T extends HandoverDocument>(T document) implements Reading<T> {}

    /**
     * Something that must not be acted on.
     *
     * @param message one line for people: what was found and what was expected
     */
    record Unreadable<T extends HandoverDocument>(String message) implements Reading<T> {}
}
