package io.kafkaflink.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.kafkaflink.model.Timespan;
import java.util.List;

/** How changes are carried out, and which dangers were accepted. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.uidPolicy != 'KeepState' || self.uidChangeNonce <= oldSelf.uidChangeNonce",
        fieldPath = ".uidChangeNonce",
        message =
                "uidChangeNonce asks for new uids, which uidPolicy KeepState refuses; set uidPolicy Auto or NewUids, or"
                        + " leave uidChangeNonce as it was")
public record UpgradeSpec(
        @Default("Warm")
        @JsonPropertyDescription("What is up before the running job is stopped. Warm: the new job's JobManager and "
                + "TaskManagers; needs room for both jobs, makes the stop short. Lean: its JobManager only."
                + " Used from the next restart on.")
        Strategy strategy,

        @Default("Auto")
        @JsonPropertyDescription(
                "uids of source and sinks in a change of the connector. Auto: kept where their state can "
                        + "be read. KeepState: kept, or the change is refused. NewUids: new.")
        UidPolicy uidPolicy,

        @Default("0")
        @Min(0)
        @Max(1_000_000_000)
        @JsonPropertyDescription(
                "Another value gives source and sinks new uids: the job restarts from the offsets of its "
                        + "savepoint, and their old state is left behind.")
        Long uidChangeNonce,

        @Default("Strict")
        @JsonPropertyDescription(
                "How flinkVersion and connectorVersion may change. Strict: one at a time, between tested "
                        + "pairs. AllowUntestedPair: also through others. CombinedWithHandover: both at once. All "
                        + "but Strict need an acknowledgement too.")
        VersionPolicy versionPolicy,

        @Default("Refuse")
        @JsonPropertyDescription(
                "Growth of a topic with keyed records, where a key may move to another partition. Refuse:"
                        + " reported, not done. DrainThenGrow: to a multiple; new partitions are read after all "
                        + "that the old ones held, so that each key keeps its order (producers must use Kafka's "
                        + "default partitioning). GrowInPlace: once Reordering is acknowledged.")
        Growth growth,

        @Default("7m")
        @Size(max = Timespan.MAX_LENGTH)
        @Pattern(Timespan.PATTERN)
        @JsonPropertyDescription(
                "With DrainThenGrow: how long producers may take to learn of new partitions, as in 7m; "
                        + "more than their metadata.max.age.ms (5m by default).")
        String producerSettle,

        @Default("Automatic")
        @JsonPropertyDescription("Manual: once the new job is armed a change waits, the running job untouched, until "
                + "approvedPlan equals status.plan.id.")
        Approval approval,

        @Size(min = 1, max = 100)
        @JsonPropertyDescription(
                "Id of the plan that may be carried out, as status.plan.id shows it, with approval" + " Manual.")
        String approvedPlan,

        @Default("0")
        @Min(0)
        @Max(1_000_000_000)
        @JsonPropertyDescription(
                "Another value tries a change again that was rolled back, as status.rejected shows it.")
        Long retryNonce,

        @Default("{}") @JsonPropertyDescription("When the running job is brought back.")
        Rollback rollback,

        @Default("{}") @JsonPropertyDescription("How long the steps of an upgrade may take.")
        StepTimeouts stepTimeouts,

        @Size(max = 20)
        @JsonPropertyDescription(
                "Accepted dangers, as status.acknowledgements.required shows them; an entry is compared "
                        + "exactly and covers no other danger.")
        List<Acknowledgement> acknowledge) {

    /** What holds when the spec says nothing. */
    public static final UpgradeSpec DEFAULT =
            new UpgradeSpec(null, null, null, null, null, null, null, null, null, null, null, null);

    public UpgradeSpec {
        strategy = strategy == null ? Strategy.Warm : strategy;
        uidPolicy = uidPolicy == null ? UidPolicy.Auto : uidPolicy;
        uidChangeNonce = uidChangeNonce == null ? 0L : uidChangeNonce;
        versionPolicy = versionPolicy == null ? VersionPolicy.Strict : versionPolicy;
        growth = growth == null ? Growth.Refuse : growth;
        producerSettle = producerSettle == null ? "7m" : producerSettle;
        approval = approval == null ? Approval.Automatic : approval;
        retryNonce = retryNonce == null ? 0L : retryNonce;
        rollback = rollback == null ? new Rollback(null, null) : rollback;
        stepTimeouts = stepTimeouts == null ? StepTimeouts.DEFAULT : stepTimeouts;
        acknowledge = acknowledge == null ? List.of() : List.copyOf(acknowledge);
    }

    /** The same with other accepted dangers. */
    public UpgradeSpec withAcknowledge(List<Acknowledgement> accepted) {
        return with(uidChangeNonce, accepted);
    }

    /** The same with another request for new uids. */
    public UpgradeSpec withUidChangeNonce(long nonce) {
        return with(nonce, acknowledge);
    }

    private UpgradeSpec with(long nonce, List<Acknowledgement> accepted) {
        return new UpgradeSpec(
                strategy,
                uidPolicy,
                nonce,
                versionPolicy,
                growth,
                producerSettle,
                approval,
                approvedPlan,
                retryNonce,
                rollback,
                stepTimeouts,
                accepted);
    }

    /** What is up before the running job is stopped. */
    public enum Strategy {
        Warm,
        Lean
    }

    /** What becomes of the uids of source and sinks when the connector changes. */
    public enum UidPolicy {
        Auto,
        KeepState,
        NewUids
    }

    /** How Flink and connector version may change. */
    public enum VersionPolicy {
        Strict,
        AllowUntestedPair,
        CombinedWithHandover
    }

    /** What growth of a topic with keyed records does. */
    public enum Growth {
        Refuse,
        DrainThenGrow,
        GrowInPlace
    }

    /** Whether a person approves each change. */
    public enum Approval {
        Automatic,
        Manual
    }

    /** A danger that needs a person's consent. */
    public enum Risk {
        Reordering,
        TopicRecreated,
        FreshStart,
        CombinedUpgrade,
        UntestedPair,
        DroppedState,
        RepeatedOutput,
        RecordsExpired
    }

    /** Consent to one danger. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Acknowledgement(
            @Required
            @JsonPropertyDescription(
                    "Reordering: of keys while a topic grows. TopicRecreated: offsets start anew. FreshStart:"
                            + " without state. CombinedUpgrade: Flink and connector at once, no way back from new "
                            + "state. UntestedPair: of versions. DroppedState: of a removed step. RepeatedOutput: what "
                            + "was written since a savepoint is written again. RecordsExpired: unread records are gone.")
            Risk risk,

            @Required
            @Size(min = 1, max = 300)
            @JsonPropertyDescription(
                    "What exactly is accepted, as status.acknowledgements.required spells it, as in" + " clicks 4->8.")
            String value) {}

    /** When the running job is brought back. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rollback(
            @Default("Automatic")
            @JsonPropertyDescription(
                    "When the new job completes no checkpoint in time. Automatic: the old job resumes from "
                            + "its savepoint, if every sink is ExactlyOnce. Manual: it is reported, and the request "
                            + "rollback/<token> does it.")
            Mode mode,

            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the go to the first completed checkpoint of the new job, as in 5m.")
            String deadline) {
        public Rollback {
            mode = mode == null ? Mode.Automatic : mode;
            deadline = deadline == null ? "5m" : deadline;
        }

        /** Who decides. */
        public enum Mode {
            Automatic,
            Manual
        }
    }

    /** Deadlines of the steps. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StepTimeouts(
            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription(
                    "From the creation of the new FlinkDeployment to the verdict of its job, as in 5m.")
            String arm,

            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the stop request to the completed savepoint, as in 5m.")
            String savepoint,

            @Default("2m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the go to the result of the checks on the savepoint, as in 2m.")
            String handover,

            @Default("5m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the start of the job to its first completed checkpoint, as in 5m.")
            String start,

            @Default("24h")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("How long an armed job waits for its approval, as in 24h.")
            String approval,

            @Default("15m")
            @Size(max = Timespan.MAX_LENGTH)
            @Pattern(Timespan.PATTERN)
            @JsonPropertyDescription("From the end of producerSettle to a checkpoint of the running job beyond all that"
                    + " its partitions held then, as in 15m.")
            String drain) {
        public static final StepTimeouts DEFAULT = new StepTimeouts(null, null, null, null, null, null);

        public StepTimeouts {
            arm = arm == null ? "5m" : arm;
            savepoint = savepoint == null ? "5m" : savepoint;
            handover = handover == null ? "2m" : handover;
            start = start == null ? "5m" : start;
            approval = approval == null ? "24h" : approval;
            drain = drain == null ? "15m" : drain;
        }
    }
}
