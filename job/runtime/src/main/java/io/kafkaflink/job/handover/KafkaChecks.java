package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/** Whether Kafka has what the job needs, and lets it. */
final class KafkaChecks {
    private KafkaChecks() {}

    /**
     * A topic as the broker describes it.
     *
     * @param allowed what we may do with it; without an authorizer everything
     */
    record Topic(int partitions, Set<AclOperation> allowed) {}

    /** What the job does with a topic. */
    record Use(String topic, Set<AclOperation> operations) {}

    static List<Finding> brokers(String bootstrapServers, Fact<Integer> nodes) {
        return nodes instanceof Fact.Known<Integer>
                ? List.of()
                : List.of(Finding.unfit(
                        "BrokersUnreachable",
                        "Kafka at " + bootstrapServers + " cannot be used: " + why(nodes)
                                + ". Check bootstrap servers, listener, certificates and user"));
    }

    /** @param expected number of partitions by topic; the others only have to exist */
    static List<Finding> topics(Collection<Use> uses, Map<String, Fact<Topic>> topics, Map<String, Integer> expected) {
        List<Finding> findings = new ArrayList<>();
        for (Use use : uses) {
            Fact<Topic> fact = topics.get(use.topic());
            if (fact instanceof Fact.Known<Topic> known) {
                partitions(use.topic(), known.value(), expected).forEach(findings::add);
                rights(use, known.value()).forEach(findings::add);
            } else if (fact instanceof Fact.Absent<Topic>) {
                findings.add(Finding.unfit(
                        "TopicMissing", "Topic " + use.topic() + " does not exist; create it or correct its name"));
            } else if (fact instanceof Fact.Denied<Topic>) {
                findings.add(Finding.unfit(
                        "TopicDenied",
                        "Topic " + use.topic() + ": we may not describe it (" + why(fact) + "); allow "
                                + use.operations() + " and Describe"));
            } else {
                findings.add(Finding.unknown("TopicUnknown", "Topic " + use.topic() + ": " + why(fact)));
            }
        }
        return findings;
    }

    private static List<Finding> partitions(String topic, Topic found, Map<String, Integer> expected) {
        int wanted = expected.getOrDefault(topic, found.partitions());
        return wanted == found.partitions()
                ? List.of()
                : List.of(Finding.unfit(
                        "PartitionCount",
                        "Topic " + topic + ": found " + found.partitions() + " partitions, expected " + wanted
                                + "; declare what the topic really has"));
    }

    /**
     * A record of a source partition that a sink's topic lacks would stop the job that is to write it there.
     *
     * @param read number of partitions of the largest source topic
     * @param mirrored topics that are written partition by partition
     */
    static List<Finding> mirrored(int read, Collection<String> mirrored, Map<String, Fact<Topic>> topics) {
        List<Finding> findings = new ArrayList<>();
        for (String topic : mirrored) {
            if (topics.get(topic) instanceof Fact.Known<Topic> known
                    && known.value().partitions() < read) {
                findings.add(Finding.unfit(
                        "PartitionCount",
                        "Topic " + topic + ": found " + known.value().partitions()
                                + " partitions, expected at least the " + read
                                + " of the source for partitioner SourcePartition; grow it, or choose another"
                                + " partitioner"));
            }
        }
        return findings;
    }

    private static List<Finding> rights(Use use, Topic found) {
        return use.operations().stream()
                .filter(operation -> !found.allowed().contains(operation))
                .map(operation -> Finding.unfit(
                        "TopicDenied",
                        "Topic " + use.topic() + ": the job's Kafka user has no right " + operation + "; allow it"))
                .toList();
    }

    /**
     * Without Read on the group Kafka ignores what the job commits, silently (FLINK-28060).
     *
     * @param rights what we may do with it; absent when Kafka does not know the group yet
     */
    static List<Finding> group(String group, Fact<Set<AclOperation>> rights, Fact<Map<TopicPartition, Long>> offsets) {
        boolean readDenied = rights instanceof Fact.Known<Set<AclOperation>> known
                && !known.value().contains(AclOperation.READ);
        if (readDenied || offsets instanceof Fact.Denied) {
            return List.of(Finding.unfit(
                    "GroupDenied",
                    "Consumer group " + group + ": the job's Kafka user has no right "
                            + (readDenied ? "Read" : "Describe (" + why(offsets) + ")") + "; allow Read on the group"));
        }
        return offsets instanceof Fact.Known
                ? List.of()
                : List.of(Finding.unknown(
                        "GroupUnknown",
                        "Consumer group " + group + ": its offsets cannot be read (" + why(offsets) + ")"));
    }

    /** Before a first start: somebody has read as this group, and has not said to go on from what that one left. */
    static List<Finding> formerReader(
            String group, Fact<Map<TopicPartition, Long>> offsets, Collection<Acknowledgement> accepted) {
        boolean committed = offsets instanceof Fact.Known<Map<TopicPartition, Long>> known
                && !known.value().isEmpty();
        return committed
                ? List.of(Finding.danger(
                        Verdict.Unfit,
                        "StateFound",
                        new Acknowledgement("FreshStart", group),
                        "Consumer group " + group
                                + ": found committed offsets, expected none at a first start; a job has"
                                + " read as it, and its state would be given up. Go on from its savepoint by"
                                + " state.restoreFrom, or use another groupId",
                        accepted))
                : List.of();
    }

    /** @param prefixes answer about an id that nobody uses, by prefix: that it is absent is what we want to hear */
    static List<Finding> transactionalIds(Map<String, Fact<Void>> prefixes) {
        List<Finding> findings = new ArrayList<>();
        prefixes.forEach((prefix, fact) -> {
            if (fact instanceof Fact.Denied<Void>) {
                findings.add(Finding.unfit(
                        "TransactionalIdDenied",
                        "Transactional ids " + prefix + "*: " + why(fact)
                                + "; allow Describe and Write on this prefix"));
            } else if (fact instanceof Fact.Unavailable<Void>) {
                findings.add(
                        Finding.unknown("TransactionalIdUnknown", "Transactional ids " + prefix + "*: " + why(fact)));
            }
        });
        return findings;
    }

    static String why(Fact<?> fact) {
        if (fact instanceof Fact.Denied<?> denied) {
            return denied.message();
        }
        return fact instanceof Fact.Unavailable<?> unavailable ? unavailable.message() : "no answer";
    }
}
