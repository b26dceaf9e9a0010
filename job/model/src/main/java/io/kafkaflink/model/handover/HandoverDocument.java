package io.kafkaflink.model.handover;

import java.util.Optional;
import java.util.regex.Pattern;

/** One document of a handover. */
public sealed interface HandoverDocument permits HandoverDocument.Order, HandoverDocument.Report {

    /** Version of the document; a higher one than ours is read as far as we understand it. */
    Integer version();

    /** What keeps a reader from acting on this document, as in {@code jobId: found nothing}; empty when all is there. */
    Optional<String> fault();

    /** Written by the operator: complete, or not written at all. */
    sealed interface Order extends HandoverDocument permits ArmOrder, GoOrder {}

    /** Written by the job: lists are cut when the document would become too large. */
    sealed interface Report extends HandoverDocument permits ArmVerdict, DrainReport, GoResult, Verification {}

    /** The first of these faults. */
    @SafeVarargs
    static Optional<String> first(Optional<String>... faults) {
        for (Optional<String> fault : faults) {
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    static Optional<String> required(String member, Object value) {
        return value == null || value.equals("")
                ? Optional.of(member + ": found nothing, or a word that this version does not know")
                : Optional.empty();
    }

    /** @param value may be null, which is a fault too */
    static Optional<String> matching(String member, String value, Pattern pattern, String expected) {
        if (value == null) {
            return required(member, null);
        }
        return pattern.matcher(value).matches()
                ? Optional.empty()
                : Optional.of(member + ": found '" + HandoverJson.excerpt(value) + "', expected " + expected);
    }

    static Optional<String> jobId(String value) {
        return matching("jobId", value, HandoverJson.JOB_ID, "the 32 hex digits of a Flink job id");
    }

    static Optional<String> version(Integer value) {
        return value < 1 ? Optional.of("version: found " + value + ", expected 1 or more") : Optional.empty();
    }
}
