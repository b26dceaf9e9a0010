package io.kafkaflink.operator.runtime;

/** Every environment variable that the operator reads; {@code docs/configuration.md} is tested against this list. */
enum Setting {
    WATCH_NAMESPACES("", "Namespaces whose pipelines are handled, comma-separated. Empty: all namespaces."),
    TOPIC_NAMESPACES(
            "",
            "Namespaces in which KafkaTopics and Kafka resources are read and written, comma-separated. Empty: the"
                    + " namespaces of `KAFKAFLINK_WATCH_NAMESPACES`."),
    JOB_IMAGES(
            "",
            "Job image by pair of versions, used where `spec.flink.image` is absent:"
                    + " `<flink>/<connector>=<image>`, comma-separated, as in `2.2/5.0.0=registry.example/job:1`."),
    STATE_DIR(
            "",
            "Folder for checkpoints and savepoints where `spec.state.dir` is absent. Empty: the spec must name one."),
    SERVICE_ACCOUNT("flink", "Service account of the Flink pods where `spec.flink.serviceAccount` is absent."),
    IDENTITY_PREFIX(
            "",
            "Put before consumer group ids and transactional ids, so that two Kubernetes clusters can share one Kafka:"
                    + " at most 63 letters, digits and `-`."),
    TENANTS(
            "",
            "What pipelines of a namespace may use, a YAML list of tenants; see [tenants](operations.md#tenants). Empty: no"
                    + " limits."),
    LEADER_ELECTION("false", "`true`: only one of several replicas acts; the others wait with warm caches."),
    LEADER_ELECTION_NAMESPACE("", "Namespace of the Lease. Empty: the namespace that the pod runs in."),
    LEADER_ELECTION_IDENTITY("", "Name of this replica in the Lease. Empty: the host name, which is the pod's name."),
    HEALTH_ADDRESS("0.0.0.0", "Address that `/livez`, `/readyz` and `/metrics` are served on."),
    HEALTH_PORT("8080", "Port that they are served on; `0` takes a free one and logs it."),
    CLEANUP_TIMEOUT(
            "10m",
            "How long the deletion of a pipeline waits for job and topics to go before it gives up and lets the"
                    + " pipeline go."),
    REQUEUE_INTERVAL("2m", "Every pipeline is looked at at least this often, `1s` to `10m`."),
    RECONCILIATION_THREADS("20", "Pipelines that are handled at the same time, 1 to 500."),
    LOG_FORMAT("text", "`text` or `json` (one object a line)."),
    LOG_LEVEL("INFO", "Level of the operator's own log: `ERROR`, `WARN`, `INFO`, `DEBUG` or `TRACE`.");

    static final String PREFIX = "KAFKAFLINK_";

    private final String defaultValue;
    private final String description;

    Setting(String defaultValue, String description) {
        this.defaultValue = defaultValue;
        this.description = description;
    }

    String variable() {
        return PREFIX + name();
    }

    String defaultValue() {
        return defaultValue;
    }

    String description() {
        return description;
    }
}
