package io.kafkaflink.model.handover;

/** The ConfigMap of a handover and its data keys. Operator and job each write their own keys and only read the others. */
public final class HandoverKeys {
    /** {@link ArmOrder}, by the operator before it creates the FlinkDeployment. */
    public static final String ORDER = "order";
    /** {@link ArmVerdict}, by the job when its checks are done and it waits. */
    public static final String ARMED = "armed";
    /** {@link DrainReport}, by the job while it waits, when the order asks for it. */
    public static final String DRAINED = "drained";
    /** {@link GoOrder}, by the operator when the old job has stopped. */
    public static final String GO = "go";
    /** {@link GoResult}, by the job before it starts. */
    public static final String RESULT = "result";
    /** {@link Verification}, by the job after its first own checkpoint. */
    public static final String VERIFIED = "verified";

    private static final String SUFFIX = "-handover";

    private HandoverKeys() {}

    /** Name of the ConfigMap, in the namespace of the FlinkDeployment; Flink calls the latter the cluster id. */
    public static String configMapName(String deployment) {
        return deployment + SUFFIX;
    }
}
