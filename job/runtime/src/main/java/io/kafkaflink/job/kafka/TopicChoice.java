package io.kafkaflink.job.kafka;

import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.RecordSchema;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.types.Row;

/** The topic of each record of a sink. */
sealed interface TopicChoice extends Serializable {
    /** @throws UnknownTopic when the record names none of the topics that the sink may write */
    String of(Row row);

    static TopicChoice of(KafkaSink sink, RecordSchema schema) {
        return sink.topicField() == null
                ? new Always(sink.topic())
                : new Named(
                        schema.indexOf(sink.topicField()), sink.topicField(), Set.copyOf(sink.topics()), sink.topic());
    }

    /** One for all records. */
    record Always(String topic) implements TopicChoice {
        @Override
        public String of(Row row) {
            return topic;
        }
    }

    /**
     * The one that a field names. No other topic is ever written, whatever is in the records: with the rights of the job
     * these would reach every topic, and the broker might even create one for each typing error.
     *
     * @param other for records whose field names none of them; null to fail
     */
    record Named(int position, String field, Set<String> topics, String other) implements TopicChoice {
        @Override
        public String of(Row row) {
            Object name = row.getField(position);
            if (name != null && topics.contains(name)) {
                return (String) name;
            }
            if (other == null) {
                throw new UnknownTopic(row, field, name, new TreeSet<>(topics));
            }
            return other;
        }
    }
}
