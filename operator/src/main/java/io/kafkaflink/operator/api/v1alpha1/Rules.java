package io.kafkaflink.operator.api.v1alpha1;

import io.kafkaflink.model.Timespan;

/** CEL rules that look at several parts of the spec. Defaults are filled in before the API server evaluates them. */
final class Rules {
    static final String KAFKA_IS_GIVEN =
            "has(self.kafka) || !(has(self.source.kafka) || self.sinks.exists(s, has(s.kafka)))";

    static final String TOPIC_OPERATOR_IS_KNOWN = "!has(self.kafka) || !has(self.kafka.bootstrapServers)"
            + " || (has(self.kafka.topicOperator) && has(self.kafka.topicOperator.cluster))"
            + " || !((has(self.source.kafka) && has(self.source.kafka.topics)"
            + " && self.source.kafka.topics.exists(t, t.management != 'External'))"
            + " || self.sinks.exists(s, has(s.kafka)"
            + " && (has(s.kafka.topic) && s.kafka.topic.management != 'External'"
            + " || has(s.kafka.topics) && s.kafka.topics.exists(t, t.management != 'External'))))";

    static final String SOURCE_FITS_MAX_PARALLELISM = "!has(self.source.kafka)"
            + " || (!has(self.source.kafka.topics) || self.source.kafka.topics.all(t,"
            + " !has(t.partitions) || t.partitions <= self.state.maxParallelism))"
            + " && (!has(self.source.kafka.partitions)"
            + " || self.source.kafka.partitions.size() <= self.state.maxParallelism)";

    static final String PARALLELISM_OF_A_PATTERN = "(has(self.source.kafka) && has(self.source.kafka.topicPattern))"
            + " == has(self.flink.parallelism)"
            + " && (!has(self.flink.parallelism) || self.flink.parallelism <= self.state.maxParallelism)";

    static final String SINKS_FIT_MAX_PARALLELISM = "has(self.source.kafka) || self.sinks.all(s, !has(s.kafka)"
            + " || (!has(s.kafka.topic) || !has(s.kafka.topic.partitions)"
            + " || s.kafka.topic.partitions <= self.state.maxParallelism)"
            + " && (!has(s.kafka.topics) || s.kafka.topics.all(t,"
            + " !has(t.partitions) || t.partitions <= self.state.maxParallelism)))";

    /** CEL's own duration() knows no days and fails beyond 292 years, hence the sum of milliseconds. */
    private static final String MILLISECONDS = ".map(t, int(t.find('^[0-9]+'))"
            + " * {'ms': 1, 's': 1000, 'm': 60000, 'h': 3600000, 'd': 86400000}[t.find('[a-z]+$')]).sum()";

    private static final String STOP = "self.state.checkpointInterval, self.state.checkpointTimeout,"
            + " self.upgrade.stepTimeouts.handover, self.upgrade.stepTimeouts.start";

    /** Malformed time spans pass here, because their own patterns have already refused them in plainer words. */
    static final String TRANSACTIONS_OUTLIVE_A_STOP = "self.sinks.all(s, !has(s.kafka)"
            + " || s.kafka.delivery.guarantee != 'ExactlyOnce'"
            + " || [s.kafka.delivery.transactionTimeout, " + STOP + "].exists(t, !t.matches('" + Timespan.PATTERN
            + "'))"
            + " || [s.kafka.delivery.transactionTimeout]" + MILLISECONDS + " >= [" + STOP + "]" + MILLISECONDS + ")";

    private Rules() {}
}
