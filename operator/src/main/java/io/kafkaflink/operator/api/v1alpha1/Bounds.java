package io.kafkaflink.operator.api.v1alpha1;

/** Lengths in the schema. They keep the estimated cost of the CEL rules within the API server's budget. */
final class Bounds {
    /** The longest text of {@link io.kafkaflink.model.Timespan#PATTERN}: nine digits and a unit. */
    static final long TIMESPAN = 11;

    private Bounds() {}
}
