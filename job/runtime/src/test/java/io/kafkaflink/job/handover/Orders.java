package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Documents of one upgrade. */
final class Orders {
    static final String HASH = "0".repeat(64);
    static final String JOB = "a".repeat(32);
    static final String OTHER_JOB = "b".repeat(32);
    static final String UPGRADE = "upgrade-1";
    static final String SAVEPOINT = "file:///savepoints/sp-1";
    static final Instant AT = Instant.parse("2026-11-24T09:30:00Z");

    private Orders() {}

    static ArmOrder order(String fromSource) {
        return new ArmOrder(
                null,
                UPGRADE,
                "clicks-1",
                HASH,
                new ArmOrder.From("clicks-0", "clicks-a", fromSource, Map.of("main", "sink-main-1"), null),
                List.of(fromSource),
                null,
                "1m",
                null,
                null,
                null,
                null);
    }

    /** The same order, which also asks to drain. */
    static ArmOrder draining(ArmOrder order) {
        return new ArmOrder(
                order.version(),
                order.upgradeId(),
                order.revision(),
                order.configHash(),
                order.from(),
                order.expectedDropped(),
                order.newestState(),
                order.plannedDowntime(),
                order.partitions(),
                order.acknowledged(),
                order.abandoned(),
                true);
    }

    /** For the old job, when the upgrade is taken back. */
    static ArmOrder back(Acknowledgement... acknowledged) {
        return new ArmOrder(
                null,
                "upgrade-2",
                "clicks-0",
                HASH,
                null,
                null,
                null,
                null,
                null,
                List.of(acknowledged),
                new ArmOrder.Abandoned(UPGRADE, OTHER_JOB, null, null),
                null);
    }

    static GoOrder go(String upgradeId, String jobId) {
        return new GoOrder(null, upgradeId, jobId, SAVEPOINT, GoOrder.Offsets.Savepoint, List.of("source-1"), null);
    }

    static GoResult started(String jobId) {
        return result(jobId, GoResult.Outcome.Started, List.of());
    }

    static GoResult refused(String jobId) {
        return result(jobId, GoResult.Outcome.Refused, List.of(Reason.of("TopicTruncated", "too late")));
    }

    private static GoResult result(String jobId, GoResult.Outcome outcome, List<Reason> reasons) {
        return new GoResult(null, UPGRADE, jobId, outcome, reasons, null, 0, SAVEPOINT, "source-1", 7, null, AT);
    }
}
