package io.kafkaflink.operator.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The spec of a pipeline as its user writes it: what is said of it here, over what all of them have. */
record PipelineText(Map<String, String> said) {
    private static final String PARTITIONS = "partitions";
    private static final String LATENESS = "lateness";
    private static final String IMAGE = "image";
    private static final String SUSPEND = "suspend";
    private static final String TOPICS = "topics";
    private static final String FLINK = "flinkVersion";
    private static final String CONNECTOR = "connectorVersion";
    private static final String TRANSFORM = "transform";
    private static final String GROWTH = "growth";
    private static final String ACKNOWLEDGED = "acknowledged";
    private static final String END = "end";
    private static final String ASIDE = "aside";

    PipelineText() {
        this(Map.of());
    }

    PipelineText partitions(int count) {
        return with(PARTITIONS, String.valueOf(count));
    }

    int partitions() {
        return Integer.parseInt(said.getOrDefault(PARTITIONS, "2"));
    }

    PipelineText lateness(int seconds) {
        return with(LATENESS, String.valueOf(seconds));
    }

    int lateness() {
        return Integer.parseInt(said.getOrDefault(LATENESS, "5"));
    }

    PipelineText suspended(boolean value) {
        return with(SUSPEND, String.valueOf(value));
    }

    boolean suspended() {
        return Boolean.parseBoolean(said.get(SUSPEND));
    }

    /** Null for that of the pair of versions. */
    PipelineText image(String name) {
        return with(IMAGE, name);
    }

    /** In the order of each key; producers get a little longer than they need. */
    PipelineText drained() {
        return with(GROWTH, "DrainThenGrow").upgrade("producerSettle", "1m");
    }

    boolean ordered() {
        return said.containsKey(GROWTH);
    }

    /** Another topic is read too. */
    PipelineText alsoReads(String topic) {
        return with(TOPICS, ", {name: %s, partitions: 2}".formatted(topic));
    }

    /** The source has an end. */
    PipelineText upTo(String mode) {
        return with(END, "stoppingOffsets: {mode: %s}".formatted(mode));
    }

    /** Records that cannot be read go to a sink of their own, whose topic has to be made. */
    PipelineText settingBadRecordsAside() {
        return with(ASIDE, "true");
    }

    PipelineText versions(String flink, String connector) {
        return with(FLINK, flink).with(CONNECTOR, connector);
    }

    PipelineText step(String id) {
        return with(TRANSFORM, id);
    }

    /** A member of {@code spec.upgrade}. */
    PipelineText upgrade(String member, Object value) {
        return with("upgrade." + member, String.valueOf(value));
    }

    /** One more danger is accepted. */
    PipelineText acknowledging(String risk, String value) {
        return with(ACKNOWLEDGED, "  - {risk: %s, value: \"%s\"}\n".formatted(risk, value));
    }

    private PipelineText with(String name, String value) {
        Map<String, String> all = new TreeMap<>(said);
        if (value == null) {
            all.remove(name);
        } else {
            all.put(name, value);
        }
        return new PipelineText(all);
    }

    String yaml() {
        String image = said.containsKey(IMAGE) ? ", image: " + said.get(IMAGE) : "";
        String upgrade = said.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("upgrade."))
                .map(entry -> "  " + entry.getKey().substring("upgrade.".length()) + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return """
                suspend: %s
                kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod, namespace: kafka}}
                source:
                  kafka:
                    topics: [{name: in, partitions: %d}%s]
                    %s
                    %s
                    format: {json: {fields: [{name: user, type: String}]}}
                eventTime: {maxOutOfOrderness: %ds}
                transforms:
                - {id: %s, keyedCount: {keyBy: user}}
                sinks:
                - name: main
                  kafka: {topic: {name: out, partitions: 4, deletionPolicy: Delete}, format: {json: {}}}
                %s
                flink: {flinkVersion: %s, connectorVersion: %s%s}
                state: {dir: "s3://bucket/flink"}
                upgrade:
                  growth: %s
                """.formatted(
                                said.getOrDefault(SUSPEND, "false"),
                                partitions(),
                                said.getOrDefault(TOPICS, ""),
                                said.getOrDefault(END, ""),
                                said.containsKey(ASIDE) ? "onError: {action: DeadLetter, sink: aside}" : "",
                                lateness(),
                                said.getOrDefault(TRANSFORM, "count"),
                                said.containsKey(ASIDE)
                                        ? "- {name: aside, kafka: {topic: {name: aside, partitions: 1}, format: {raw: {}}}}"
                                        : "",
                                said.getOrDefault(FLINK, "v2_2"),
                                said.getOrDefault(CONNECTOR, "5.0.0"),
                                image,
                                said.getOrDefault(GROWTH, "GrowInPlace"))
                + upgrade
                + acknowledged();
    }

    private String acknowledged() {
        String reordering = partitions() == 2
                ? ""
                : "  - {risk: Reordering, value: \"in 2->%1$d\"}\n  - {risk: Reordering, value: \"in 4->%1$d\"}\n"
                        .formatted(partitions());
        String combined = said.containsKey("upgrade.versionPolicy")
                ? "  - {risk: CombinedUpgrade, value: \"1.20/3.4.0->2.2/5.0.0\"}\n"
                : "";
        String all = reordering + combined + said.getOrDefault(ACKNOWLEDGED, "");
        return all.isEmpty() ? "" : "  acknowledge:\n" + all;
    }
}
