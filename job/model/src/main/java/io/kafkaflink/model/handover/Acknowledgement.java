package io.kafkaflink.model.handover;

/**
 * A danger that a user accepted, compared exactly: one given for another danger does not count.
 *
 * @param risk as in {@code RecordsExpired}
 * @param value the danger itself, as the refusal printed it
 */
public record Acknowledgement(String risk, String value) {}
