package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a check says.
 *
 * @param severity {@code Fit} for what only should be known
 */
record Finding(Verdict severity, Reason reason) {

    static Finding note(String code, String message) {
        return new Finding(Verdict.Fit, Reason.of(code, message));
    }

    static Finding unknown(String code, String message) {
        return new Finding(Verdict.Unknown, Reason.of(code, message));
    }

    static Finding unfit(String code, String message) {
        return new Finding(Verdict.Unfit, Reason.of(code, message));
    }

    /** A danger that a user may accept, and has accepted when an equal acknowledgement is there. */
    static Finding danger(
            Verdict severity, String code, String value, String message, Collection<Acknowledgement> accepted) {
        return danger(severity, code, new Acknowledgement(code, value), message, accepted);
    }

    /** The same for a danger whose name is not the check's. */
    static Finding danger(
            Verdict severity,
            String code,
            Acknowledgement needed,
            String message,
            Collection<Acknowledgement> accepted) {
        return accepted.contains(needed)
                ? note(code, message + " (accepted)")
                : new Finding(severity, new Reason(code, message + ". To go on nevertheless acknowledge it", needed));
    }

    static Verdict worst(Collection<Finding> findings) {
        return findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.Fit);
    }

    /** The worst first. */
    static List<Reason> reasons(Collection<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed())
                .map(Finding::reason)
                .toList();
    }
}
