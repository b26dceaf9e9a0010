package io.kafkaflink.operator.observe;

/** A custom resource definition of another operator that pipelines depend on. */
public enum Definition {
    /** Strimzi from 0.49 on serves it, Strimzi from 1.0 on serves nothing else. */
    KAFKA_TOPIC("kafka.strimzi.io", "v1", "KafkaTopic", "kafkatopics"),
    KAFKA("kafka.strimzi.io", "v1", "Kafka", "kafkas"),
    FLINK_DEPLOYMENT("flink.apache.org", "v1beta1", "FlinkDeployment", "flinkdeployments"),
    FLINK_STATE_SNAPSHOT("flink.apache.org", "v1beta1", "FlinkStateSnapshot", "flinkstatesnapshots");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    Definition(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String kind() {
        return kind;
    }

    public String plural() {
        return plural;
    }

    public String apiVersion() {
        return group + "/" + version;
    }

    /** Name of the definition, as in {@code kafkatopics.kafka.strimzi.io}. */
    public String definitionName() {
        return plural + "." + group;
    }
}
