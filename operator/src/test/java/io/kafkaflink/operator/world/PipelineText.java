package io.kafkaflink.operator.world;

/** The spec of a pipeline as its user writes it. */
record PipelineText(int partitions, int lateness, boolean suspended, String image) {

    PipelineText() {
        this(2, 5, false, null);
    }

    PipelineText partitions(int count) {
        return new PipelineText(count, lateness, suspended, image);
    }

    PipelineText lateness(int seconds) {
        return new PipelineText(partitions, seconds, suspended, image);
    }

    PipelineText suspended(boolean value) {
        return new PipelineText(partitions, lateness, value, image);
    }

    PipelineText image(String name) {
        return new PipelineText(partitions, lateness, suspended, name);
    }

    String yaml() {
        return """
                suspend: %s
                kafka: {bootstrapServers: "kafka:9092", topicOperator: {cluster: prod, namespace: kafka}}
                source:
                  kafka:
                    topics: [{name: in, partitions: %d}]
                    format: {json: {fields: [{name: user, type: String}]}}
                eventTime: {maxOutOfOrderness: %ds}
                transforms:
                - {id: count, keyedCount: {keyBy: user}}
                sinks:
                - name: main
                  kafka: {topic: {name: out, partitions: 4, deletionPolicy: Delete}, format: {json: {}}}
                flink: {flinkVersion: v2_2, connectorVersion: 5.0.0%s}
                state: {dir: "s3://bucket/flink"}
                upgrade:
                  growth: GrowInPlace
                  acknowledge:
                  - {risk: Reordering, value: "in 2->4"}
                  - {risk: Reordering, value: "in 2->6"}
                  - {risk: Reordering, value: "in 4->6"}
                """.formatted(suspended, partitions, lateness, image == null ? "" : ", image: " + image);
    }
}
