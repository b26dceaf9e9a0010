package io.kafkaflink.model.handover;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the new job found while the old one still runs.
 *
 * @param version of the document, currently {@value #VERSION}
 * @param jobId Flink's id of the job that waits, 32 hex digits
 * @param revision as in the {@link ArmOrder}
 * @param reasons the worst first; empty when all is well
 * @param flinkVersion as in {@code 2.2.1}
 * @param connectorVersion of the Kafka connector, as in {@code 5.0.0-2.2}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmVerdict(
        Integer version,
        String jobId,
        String revision,
        Verdict verdict,
        List<Reason> reasons,
        Operators operators,
        String flinkVersion,
        String connectorVersion,
        Instant at)
        implements HandoverDocument.Report {
    public static final int VERSION = 1;

    public ArmVerdict {
        version = version == null ? VERSION : version;
        // A word that only a newer job knows decides nothing here.
        verdict = verdict == null ? Verdict.Unknown : verdict;
        reasons = HandoverJson.list(reasons);
        operators = operators == null ? new Operators(null, null, null) : operators;
    }

    @Override
    public Optional<String> fault() {
        return HandoverDocument.first(HandoverDocument.version(version), HandoverDocument.jobId(jobId));
    }

    /** Whether the job may take over, from good to bad. */
    public enum Verdict {
        /** Every check passed. */
        Fit,
        /** State would be left behind that nobody expected to. */
        Dropping,
        /** A check could not be made. */
        Unknown,
        /** The job would not start, or would lose or repeat records. */
        Unfit
    }

    /**
     * The operators of the new graph against the newest state of the old job, by uid; where the state names no uid, by
     * operator id.
     *
     * @param restored in both
     * @param dropped with state that the new graph does not claim
     * @param added only in the new graph
     */
    public record Operators(
            List<String> restored,
            List<String> dropped,
            @JsonProperty("new") List<String> added) {
        public Operators {
            restored = HandoverJson.list(restored);
            dropped = HandoverJson.list(dropped);
            added = HandoverJson.list(added);
        }
    }
}
