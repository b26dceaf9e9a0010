package io.kafkaflink.operator.runtime;

import java.util.List;

/**
 * A right that the operator uses, as in the roles of {@code k8s/base}.
 *
 * @param group empty for the core group
 * @param resource plural, with the subresource after a slash
 */
record Right(String group, String resource, List<String> verbs) {
    static final Right OF_LEASES =
            new Right("coordination.k8s.io", "leases", List.of("get", "create", "update", "patch"));

    private static final List<String> ALL = List.of("get", "list", "watch", "create", "patch", "delete");
    private static final List<String> SEE = List.of("list", "watch");

    /** Where pipelines are. */
    static List<Right> ofPipelines() {
        return List.of(
                new Right("kafkaflink.io", "kafkaflinkpipelines", List.of("get", "list", "watch", "patch")),
                new Right("kafkaflink.io", "kafkaflinkpipelines/status", List.of("patch")),
                new Right("kafkaflink.io", "kafkaflinkpipelines/finalizers", List.of("update")),
                new Right("flink.apache.org", "flinkdeployments", ALL),
                new Right("flink.apache.org", "flinkstatesnapshots", SEE),
                new Right("apps", "controllerrevisions", ALL),
                new Right("", "configmaps", ALL),
                new Right("", "pods", SEE),
                new Right("", "events", List.of("create", "patch")));
    }

    /** Where topics are. */
    static List<Right> ofTopics() {
        return List.of(new Right("kafka.strimzi.io", "kafkatopics", ALL), new Right("kafka.strimzi.io", "kafkas", SEE));
    }
}
