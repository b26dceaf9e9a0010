package io.kafkaflink.operator.cluster;

/**
 * A pipeline as its user writes it.
 *
 * @param end mode of {@code stoppingOffsets}
 * @param extra further members of {@code spec}, YAML indented by two
 */
record PipelineText(
        String name, int partitions, String prefix, boolean suspend, String end, String topicExtra, String extra) {

    static PipelineText named(String name) {
        return new PipelineText(name, 2, "seen: ", false, "Never", "", "");
    }

    PipelineText withPartitions(int count) {
        return new PipelineText(name, count, prefix, suspend, end, topicExtra, extra);
    }

    PipelineText withPrefix(String text) {
        return new PipelineText(name, partitions, text, suspend, end, topicExtra, extra);
    }

    PipelineText withImage(String image) {
        return with("flink: {flinkVersion: v2_2, connectorVersion: 5.0.0, image: \"" + image + "\"}");
    }

    PipelineText suspended(boolean value) {
        return new PipelineText(name, partitions, prefix, value, end, topicExtra, extra);
    }

    /** Mode of the source's end. */
    PipelineText upTo(String mode) {
        return new PipelineText(name, partitions, prefix, suspend, mode, topicExtra, extra);
    }

    /** Further members of both topics, YAML flow style with a leading comma. */
    PipelineText withTopicMembers(String members) {
        return new PipelineText(name, partitions, prefix, suspend, end, members, extra);
    }

    PipelineText with(String members) {
        return new PipelineText(
                name,
                partitions,
                prefix,
                suspend,
                end,
                topicExtra,
                extra + members.stripIndent().indent(2));
    }

    String input() {
        return name + "-in";
    }

    String output() {
        return name + "-out";
    }

    String yaml() {
        return """
                apiVersion: kafkaflink.io/v1alpha1
                kind: KafkaFlinkPipeline
                metadata: {name: %1$s}
                spec:
                  suspend: %2$s
                  kafka:
                    bootstrapServers: "kafka:9092"
                    topicOperator: {cluster: prod}
                  source:
                    kafka:
                      topics: [{name: %1$s-in, partitions: %3$d, replicas: 1%5$s}]
                      stoppingOffsets: {mode: %7$s}
                      format: {string: {}}
                  transforms:
                  - {id: label, prefix: {value: "%4$s"}}
                  sinks:
                  - name: main
                    kafka:
                      topic: {name: %1$s-out, partitions: %3$d, replicas: 1%5$s}
                      format: {string: {}}
                      delivery: {guarantee: ExactlyOnce, transactionTimeout: 15m}
                  %6$s
                  state: {dir: "s3://bucket/flink", checkpointInterval: 1s}
                """.formatted(
                                name,
                                suspend,
                                partitions,
                                prefix,
                                topicExtra,
                                extra.contains("flink: ") ? "" : "flink: {flinkVersion: v2_2, connectorVersion: 5.0.0}",
                                end)
                + extra;
    }
}
