package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.observe.PodTrouble;
import java.util.Set;

/** Every reason that conditions, Events and logs use, as docs/reasons.md lists them with what to do. */
public final class Reasons {
    public static final String READY = "Ready";
    public static final String SUSPENDED = "Suspended";
    public static final String COMPLETED = "Completed";
    public static final String NOT_SUSPENDED = "NotSuspended";
    public static final String PROGRESSING = "Progressing";
    public static final String SETTLED = "Settled";
    public static final String NOT_STALLED = "NotStalled";
    public static final String TOPICS_READY = "TopicsReady";
    public static final String TOPICS_FOUND_BY_JOB = "TopicsFoundByJob";
    public static final String NO_UPGRADE = "NoUpgrade";
    public static final String PAUSED = "ReconciliationPaused";
    public static final String DELETING = "Deleting";

    public static final String DEFINITION_MISSING = "DefinitionMissing";
    public static final String KAFKA_NOT_FOUND = "KafkaNotFound";
    public static final String LISTENER_NOT_FOUND = "ListenerNotFound";
    public static final String KAFKA_NOT_GIVEN = "KafkaNotGiven";
    public static final String TOPIC_OPERATOR_NOT_GIVEN = "TopicOperatorNotGiven";
    public static final String FLINK_OPERATOR_TOO_OLD = "FlinkOperatorTooOld";
    public static final String UNSUPPORTED_VERSION_PAIR = "UnsupportedVersionPair";
    public static final String IMAGE_MISSING = "ImageMissing";
    public static final String STATE_DIR_MISSING = "StateDirMissing";
    public static final String FIELD_REFUSED = "FieldRefused";
    public static final String SPEC_INVALID = "SpecInvalid";
    public static final String PARTITIONS_EXCEED_MAX_PARALLELISM = "PartitionsExceedMaxParallelism";
    public static final String TRANSACTION_TIMEOUT_TOO_SHORT = "TransactionTimeoutTooShort";
    public static final String TOPIC_LISTED_TWICE = "TopicListedTwice";
    public static final String GROUP_ID_CHANGED = "GroupIdChanged";
    public static final String CONSUMER_GROUP_SHARED = "ConsumerGroupShared";

    public static final String TOPIC_MISSING = "TopicMissing";
    public static final String TOPIC_CREATING = "TopicCreating";
    public static final String TOPIC_CHANGING = "TopicChanging";
    public static final String TOPIC_DELETING = "TopicDeleting";
    public static final String TOPIC_SUSPENDED = "TopicSuspended";
    public static final String TOPIC_PARTITIONS_UNKNOWN = "TopicPartitionsUnknown";
    public static final String TOPIC_OPERATOR_SILENT = "TopicOperatorSilent";
    public static final String TOPIC_NOT_SUPPORTED = "TopicNotSupported";
    public static final String TOPIC_CONFLICT = "TopicConflict";
    public static final String TOPIC_ERROR = "TopicError";
    public static final String TOPIC_MANAGED_TWICE = "TopicManagedTwice";
    public static final String FOREIGN_TOPIC = "ForeignTopic";
    public static final String ADOPTION_STRIPS_CONFIG = "AdoptionStripsConfig";
    public static final String TOPIC_RECREATED = "TopicRecreated";
    public static final String PARTITION_DECREASE_REJECTED = "PartitionDecreaseRejected";
    public static final String GROWTH_NOT_MULTIPLE = "GrowthNotMultiple";
    public static final String GROWTH_HELD = "GrowthHeld";
    public static final String GROWTH_REFUSED = "GrowthRefused";
    public static final String GROWTH_NOT_ACKNOWLEDGED = "GrowthNotAcknowledged";

    public static final String STATE_WOULD_BE_DROPPED = "StateWouldBeDropped";
    public static final String STATE_LOST = "StateLost";
    public static final String REVISION_MISSING = "RevisionMissing";
    public static final String REVISION_UNREADABLE = "RevisionUnreadable";
    public static final String SECOND_FLINK_DEPLOYMENT = "SecondFlinkDeployment";

    public static final String VERSION_DOWNGRADE_REFUSED = "VersionDowngradeRefused";
    public static final String VERSIONS_CHANGE_TOGETHER = "VersionsChangeTogether";
    public static final String UID_CHANGE_REFUSED = "UidChangeRefused";

    public static final String ARM_OVERDUE = "ArmOverdue";
    public static final String DRAIN_OVERDUE = "DrainOverdue";
    public static final String AWAITING_APPROVAL = "AwaitingApproval";
    public static final String APPROVAL_EXPIRED = "ApprovalExpired";
    public static final String NEW_JOB_UNFIT = "NewJobUnfit";
    public static final String NEW_UIDS_NEEDED = "NewUidsNeeded";
    public static final String NEW_JOB_GONE = "NewJobGone";
    public static final String SAVEPOINT_UNPROVEN = "SavepointUnproven";
    public static final String OLD_JOB_RESUMED = "OldJobResumed";
    public static final String START_REFUSED = "StartRefused";
    public static final String HANDOVER_OVERDUE = "HandoverOverdue";
    public static final String NO_CHECKPOINT = "NoCheckpoint";
    public static final String NOT_VERIFIED = "NotVerified";
    public static final String REPEATED_OUTPUT = "RepeatedOutput";
    public static final String ROLLED_BACK = "RolledBack";
    public static final String ROLLBACK_REQUESTED = "RollbackRequested";
    public static final String NO_WAY_BACK = "NoWayBack";
    public static final String OFFSETS_VERIFIED = "OffsetsVerified";
    public static final String NOTHING_VERIFIED = "NothingVerified";

    public static final String JOB_RUNNING = "JobRunning";
    public static final String JOB_STARTING = "JobStarting";
    public static final String JOB_STOPPING = "JobStopping";
    public static final String JOB_FAILED = "JobFailed";
    public static final String JOB_ENDED = "JobEnded";
    public static final String COMPLETED_JOB_CHANGED = "CompletedJobChanged";
    public static final String END_FIXED = "EndFixed";
    public static final String JOB_RESTARTING = "JobRestarting";
    public static final String JOB_NOT_STARTED = "JobNotStarted";
    public static final String SAVEPOINT_FAILING = "SavepointFailing";
    public static final String TENANT_FORBIDDEN = "TenantForbidden";
    public static final String STATE_FOUND = "StateFound";
    public static final String WAITING_FOR_RUNNING = "WaitingForRunning";
    public static final String FLINK_SPEC_REFUSED = "FlinkSpecRefused";
    public static final String FLINK_OPERATOR_SILENT = "FlinkOperatorSilent";
    public static final String FLINK_DEPLOYMENT_DELETING = "FlinkDeploymentDeleting";
    public static final String START_OVERDUE = "StartOverdue";

    public static final String IMAGE_PULL_FAILED = PodTrouble.IMAGE_PULL_FAILED;
    public static final String POD_CONFIGURATION_MISSING = PodTrouble.CONFIGURATION_MISSING;
    public static final String VOLUME_MOUNT_FAILED = PodTrouble.VOLUME_MOUNT_FAILED;
    public static final String POD_UNSCHEDULABLE = PodTrouble.UNSCHEDULABLE;
    public static final String QUOTA_EXCEEDED = PodTrouble.QUOTA_EXCEEDED;
    public static final String SERVICE_ACCOUNT_MISSING = PodTrouble.SERVICE_ACCOUNT_MISSING;
    public static final String POD_REFUSED = PodTrouble.POD_REFUSED;
    public static final String CONTAINER_FAILED = PodTrouble.CONTAINER_FAILED;

    public static final String TOPIC_APPLIED = "TopicApplied";
    public static final String TOPIC_DELETED = "TopicDeleted";
    public static final String REVISION_STORED = "RevisionStored";
    public static final String REVISION_DELETED = "RevisionDeleted";
    public static final String REVISION_DISOWNED = "RevisionDisowned";
    public static final String FLINK_DEPLOYMENT_APPLIED = "FlinkDeploymentApplied";
    public static final String FLINK_DEPLOYMENT_DELETED = "FlinkDeploymentDeleted";
    public static final String HANDOVER_WRITTEN = "HandoverWritten";
    public static final String HANDOVER_DELETED = "HandoverDeleted";
    public static final String SAVEPOINT_COMPLETED = "SavepointCompleted";
    public static final String UPGRADE_STARTED = "UpgradeStarted";
    public static final String UPGRADE_COMPLETED = "UpgradeCompleted";
    public static final String UPGRADE_SUPERSEDED = "UpgradeSuperseded";

    public static final String CLEANUP_INCOMPLETE = "CleanupIncomplete";
    public static final String API_CALL_FAILED = "ApiCallFailed";
    public static final String INTERNAL_ERROR = "InternalError";
    public static final String NAME_CONFLICT = "NameConflict";

    /** Reasons of a job in trouble: their Events are warnings. */
    public static final Set<String> TROUBLE = Set.of(
            JOB_FAILED,
            JOB_ENDED,
            JOB_RESTARTING,
            JOB_NOT_STARTED,
            SAVEPOINT_FAILING,
            WAITING_FOR_RUNNING,
            FLINK_SPEC_REFUSED,
            FLINK_OPERATOR_SILENT,
            START_OVERDUE,
            ARM_OVERDUE,
            DRAIN_OVERDUE,
            NEW_JOB_UNFIT,
            NEW_JOB_GONE,
            OLD_JOB_RESUMED,
            START_REFUSED,
            HANDOVER_OVERDUE,
            NO_CHECKPOINT,
            NOT_VERIFIED,
            ROLLED_BACK);

    private Reasons() {}
}
