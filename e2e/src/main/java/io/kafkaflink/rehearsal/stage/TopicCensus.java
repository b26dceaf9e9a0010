package io.kafkaflink.rehearsal.stage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** What topics the broker has, asked for anew each time. */
public record TopicCensus(String bootstrapServers) {
    private static final short ONE_REPLICA = 1;

    /** Those of the given topics that are not there, in words; empty when all are. */
    public Optional<String> missing(List<String> topics) {
        try (Admin admin = admin()) {
            Set<String> present = admin.listTopics().names().get();
            return topics.stream()
                    .filter(topic -> !present.contains(topic))
                    .reduce((first, second) -> first + ", " + second)
                    .map(list -> list + " to be created");
        } catch (ExecutionException failed) {
            return Optional.of("Kafka does not tell: " + failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("topic " + topic + " cannot be described", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Creates a topic that a pipeline expects to be there; one that exists is left. */
    public void create(String name, int partitions) {
        create(new NewTopic(name, partitions, ONE_REPLICA));
    }

    /** Creates one whose records carry the time at which the broker appended them. */
    public void createTimed(String name, int partitions) {
        create(new NewTopic(name, partitions, ONE_REPLICA).configs(Map.of("message.timestamp.type", "LogAppendTime")));
    }

    private void create(NewTopic topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + topic.name() + " cannot be created", failed.getCause());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
