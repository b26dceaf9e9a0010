package io.kafkaflink.operator.desired;

/** Annotations that the operator writes or reads. */
public final class Annotations {
    /** On a FlinkDeployment: name of the revision that was applied. */
    public static final String REVISION = "kafkaflink.io/revision";

    /** On a FlinkDeployment: id of the upgrade that applied it last; absent when none did. */
    public static final String UPGRADE_ID = "kafkaflink.io/upgrade-id";

    /** On a FlinkDeployment: the step of that upgrade. */
    public static final String UPGRADE_STEP = "kafkaflink.io/upgrade-step";

    /** On the pods of a job: {@code spec.kafka.authentication.revision}. */
    static final String AUTHENTICATION_REVISION = "kafkaflink.io/authentication-revision";

    /** On a foreign KafkaTopic, set by its owner: {@code <namespace>/<name>} of the pipeline that may take it over. */
    public static final String ADOPT_BY = "kafkaflink.io/adopt-by";

    /** On a pipeline, set by people and tools: {@code "true"} makes the operator look on and write nothing but status. */
    public static final String PAUSE_RECONCILIATION = "kafkaflink.io/pause-reconciliation";

    /** On a pipeline, set by people and tools: {@code "true"} suspends it as {@code spec.suspend} does. */
    public static final String SUSPEND = "kafkaflink.io/suspend";

    /** On a pipeline, set by people and tools: {@code <retry|rollback|new-uids>/<token>}, carried out once. */
    public static final String REQUEST = "kafkaflink.io/request";

    /** On a pipeline that is being deleted: {@code "true"} gives up waiting for job and topics to go. */
    public static final String FORCE_DELETE = "kafkaflink.io/force-delete";

    private Annotations() {}
}
