package io.kafkaflink.job;

import io.kafkaflink.model.JobConfiguration;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationYaml;
import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.ArmOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The orders that an operator writes. */
final class TestOrders {
    private TestOrders() {}

    /** @param from the job that still runs; null at a first start */
    static ArmOrder order(JobConfiguration configuration, ArmOrder.From from) {
        return new ArmOrder(
                null,
                "upgrade-" + UUID.randomUUID(),
                "revision",
                hash(configuration),
                from,
                from == null ? List.of() : bumped(from, configuration.uids()),
                null,
                "30s",
                Map.of(),
                List.of(),
                null,
                null);
    }

    /** The same, to watch until the old job has read on. */
    static ArmOrder draining(ArmOrder order) {
        return new ArmOrder(
                null,
                order.upgradeId(),
                order.revision(),
                order.configHash(),
                order.from(),
                order.expectedDropped(),
                order.newestState(),
                order.plannedDowntime(),
                order.partitions(),
                order.acknowledged(),
                null,
                true);
    }

    /** For the old job at a rollback. */
    static ArmOrder back(JobConfiguration configuration, String abandonedJobId) {
        return new ArmOrder(
                null,
                "back-" + UUID.randomUUID(),
                "revision",
                hash(configuration),
                null,
                null,
                null,
                null,
                null,
                null,
                new ArmOrder.Abandoned("upgrade", abandonedJobId, null, null),
                null);
    }

    private static String hash(JobConfiguration configuration) {
        return JobConfigurationYaml.sha256(JobConfigurationYaml.write(configuration));
    }

    /** What a change of uids leaves behind. */
    private static List<String> bumped(ArmOrder.From old, Uids now) {
        List<String> uids = new ArrayList<>();
        if (!old.sourceUid().equals(now.source())) {
            uids.add(old.sourceUid());
        }
        old.sinkUids().forEach((sink, uid) -> {
            if (!uid.equals(now.sinks().get(sink))) {
                uids.add(uid);
                uids.add(OperatorIds.committerUid(uid));
            }
        });
        return uids;
    }
}
