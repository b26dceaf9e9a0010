package io.kafkaflink.rehearsal.traffic;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What others do to a pipeline's topics and group, through a client of their own. */
public final class Interference implements AutoCloseable {
    /** Broker settings under which {@link #forbidCommits} counts: everything is allowed that no rule is about. */
    public static final Map<String, String> BROKER = Map.of(
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found",
            "true");

    private final Admin admin;

    public Interference(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Deletes all records that some partitions hold now, as retention would. */
    public void expire(String topic, Collection<Integer> partitions) {
        Map<TopicPartition, Long> ends = ends(topic, partitions);
        await(admin.deleteRecords(ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all());
    }

    /** Commits the ends of all partitions for a group that is not ours, as a consumer with a borrowed name would. */
    public void commitEnds(String group, String topic, int partitions) {
        Map<TopicPartition, OffsetAndMetadata> ends =
                ends(topic, IntStream.range(0, partitions).boxed().toList()).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue())));
        await(admin.alterConsumerGroupOffsets(group, ends).all());
    }

    /** Takes away the right to commit for a group; it may still be looked at. */
    public void forbidCommits(String group) {
        await(admin.createAcls(List.of(
                        rule(group, AclOperation.DESCRIBE, AclPermissionType.ALLOW),
                        rule(group, AclOperation.READ, AclPermissionType.DENY)))
                .all());
    }

    private static AclBinding rule(String group, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.GROUP, group, PatternType.LITERAL),
                new AccessControlEntry("User:*", "*", operation, permission));
    }

    private Map<TopicPartition, Long> ends(String topic, Collection<Integer> partitions) {
        return await(admin.listOffsets(partitions.stream()
                                .map(partition -> new TopicPartition(topic, partition))
                                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                        .all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().offset()));
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw new TrafficException("the broker refuses: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TrafficException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
