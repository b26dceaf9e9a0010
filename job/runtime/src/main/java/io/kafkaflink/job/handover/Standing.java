package io.kafkaflink.job.handover;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import java.util.Map;
import java.util.Optional;

/** What a job that comes up is to do, from what stands in Flink's configuration and in the handover ConfigMap. */
sealed interface Standing {

    /** Nobody said anything: start as configured. */
    record Alone() implements Standing {}

    /**
     * The Flink operator says where to start: a resume, a repair, a first start from a savepoint. Whatever was once said
     * about another start does not count: obeyed, it cost 319,835 duplicates.
     *
     * @param order of this revision, if there is one
     * @param checked the offsets were checked by a former JobManager of this job
     */
    record Told(String path, Optional<ArmOrder> order, boolean checked) implements Standing {}

    /** Check, report, wait for {@link Going} or for another order. */
    record Arming(ArmOrder order) implements Standing {}

    /** The order to go for this very job. */
    record Going(ArmOrder order, GoOrder go) implements Standing {}

    /** A former JobManager of this job has started it. */
    record Gone(GoOrder go, GoResult result) implements Standing {}

    /**
     * The Flink operator starts a job again that it once told where to start, now without a path: high availability knows its
     * checkpoints.
     */
    record Continued(GoResult result) implements Standing {}

    /**
     * It must not start.
     *
     * @param message for people
     */
    record Barred(String message) implements Standing {}

    /**
     * The rules, in order of precedence.
     *
     * @param data of the ConfigMap; empty when there is none
     * @param configHash of the job's configuration
     * @param jobId null when Flink chooses one at the start
     * @param recoveryPath set by the Flink operator
     */
    static Standing of(
            Optional<Map<String, String>> data, String configHash, String jobId, Optional<String> recoveryPath) {
        Map<String, String> keys = data.orElse(Map.of());
        Reading<ArmOrder> orders = HandoverJson.read(keys.get(HandoverKeys.ORDER), ArmOrder.class);
        Optional<ArmOrder> order =
                found(orders).filter(each -> each.configHash().equals(configHash));
        Reading<GoResult> results = HandoverJson.read(keys.get(HandoverKeys.RESULT), GoResult.class);
        Optional<GoResult> result = found(results).filter(each -> each.jobId().equals(jobId));
        if (orders instanceof Reading.Unreadable<ArmOrder> unreadable && result.isEmpty()) {
            return new Barred("key " + HandoverKeys.ORDER + ": " + unreadable.message());
        }
        if (recoveryPath.isPresent()) {
            return result.filter(each -> each.outcome() == GoResult.Outcome.Refused)
                    .<Standing>map(Standing::refused)
                    .orElseGet(() -> new Told(recoveryPath.get(), order, result.isPresent()));
        }
        if (result.isPresent()) {
            return decided(keys, result.get());
        }
        if (order.isEmpty()) {
            return new Alone();
        }
        return jobId == null
                ? new Barred(
                        "there is an order but Flink has no fixed job id ($internal.pipeline.job-id) that a go could"
                                + " be meant for")
                : waiting(order.get(), keys, jobId);
    }

    private static Standing decided(Map<String, String> keys, GoResult result) {
        if (result.outcome() == GoResult.Outcome.Refused) {
            return refused(result);
        }
        if (result.upgradeId() == null) {
            return new Continued(result);
        }
        return found(HandoverJson.read(keys.get(HandoverKeys.GO), GoOrder.class))
                .filter(go -> go.jobId().equals(result.jobId()))
                .<Standing>map(go -> new Gone(go, result))
                .orElseGet(() -> new Barred("this job was started, but the go that it was started with is gone"));
    }

    private static Standing waiting(ArmOrder order, Map<String, String> keys, String jobId) {
        return found(HandoverJson.read(keys.get(HandoverKeys.GO), GoOrder.class))
                .filter(go -> go.jobId().equals(jobId))
                .filter(go -> go.upgradeId().equals(order.upgradeId()))
                .<Standing>map(go -> new Going(order, go))
                .orElseGet(() -> new Arming(order));
    }

    private static Standing refused(GoResult result) {
        return new Barred("this start was refused before: "
                + (result.reasons().isEmpty()
                        ? "no reason kept"
                        : result.reasons().get(0).message()));
    }

    private static <T extends HandoverDocument> Optional<T> found(Reading<T> reading) {
        return reading instanceof Reading.Found<T> found ? Optional.of(found.document()) : Optional.empty();
    }
}
