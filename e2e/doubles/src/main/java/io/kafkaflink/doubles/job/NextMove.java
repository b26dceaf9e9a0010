package io.kafkaflink.doubles.job;

import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.GoResult;
import io.kafkaflink.model.handover.HandoverDocument;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import java.util.Map;
import java.util.Optional;

/** What main() does next, by the contract. */
public sealed interface NextMove {

    /** Start as the Flink operator or nobody says; orders do not count. */
    record Start() implements NextMove {}

    /** Look again in a moment: this job does not start without an order. */
    record AwaitOrder() implements NextMove {}

    /** Report, then look again in a moment. */
    record Arm(ArmOrder order) implements NextMove {}

    /** Take over, or refuse to, and report. */
    record TakeOver(ArmOrder order, GoOrder go) implements NextMove {}

    /** Go on as a former JobManager of this job began. */
    record GoOn(GoOrder go, GoResult result) implements NextMove {}

    /** Go on as a former JobManager of this job began, which the Flink operator had told where from. */
    record Continue(GoResult result) implements NextMove {}

    /** Fail. */
    record Fail(String message) implements NextMove {}

    /**
     * What a JobManager was started with.
     *
     * @param told the Flink operator says where from
     * @param ownCheckpoint this job id has completed a checkpoint
     * @param ordersOnly {@code kafkaflink.handover: required}
     */
    record Circumstances(String configHash, String jobId, boolean told, boolean ownCheckpoint, boolean ordersOnly) {}

    /** Decides; {@code data} is empty without a ConfigMap. */
    static NextMove of(Optional<Map<String, String>> data, Circumstances now) {
        Map<String, String> keys = data.orElse(Map.of());
        Optional<GoResult> result = found(keys, HandoverKeys.RESULT, GoResult.class)
                .filter(each -> each.jobId().equals(now.jobId()));
        if (result.isEmpty()) {
            return undecided(keys, now);
        }
        if (result.get().outcome() == GoResult.Outcome.Refused) {
            return new Fail("this start was refused before: " + result.get().reasons());
        }
        if (now.told()) {
            return new Start();
        }
        return result.get().upgradeId() == null
                ? new Continue(result.get())
                : go(keys, now)
                        .<NextMove>map(each -> new GoOn(each, result.get()))
                        .orElseGet(() -> new Fail("this job was started, but the go that it was started with is gone"));
    }

    private static NextMove undecided(Map<String, String> keys, Circumstances now) {
        Reading<ArmOrder> reading = HandoverJson.read(keys.get(HandoverKeys.ORDER), ArmOrder.class);
        if (reading instanceof Reading.Unreadable<ArmOrder> unreadable) {
            return new Fail("key " + HandoverKeys.ORDER + ": " + unreadable.message());
        }
        Optional<ArmOrder> order = order(keys, now);
        // A job with a checkpoint of its own has started before, whatever the ConfigMap lost of that.
        if (now.told() || now.ownCheckpoint()) {
            return new Start();
        }
        if (order.isEmpty()) {
            return now.ordersOnly() ? new AwaitOrder() : new Start();
        }
        return go(keys, now)
                .filter(each -> each.upgradeId().equals(order.get().upgradeId()))
                .<NextMove>map(each -> new TakeOver(order.get(), each))
                .orElseGet(() -> new Arm(order.get()));
    }

    /** The order for this job's configuration. */
    static Optional<ArmOrder> order(Map<String, String> keys, Circumstances now) {
        return found(keys, HandoverKeys.ORDER, ArmOrder.class)
                .filter(each -> each.configHash().equals(now.configHash()));
    }

    private static Optional<GoOrder> go(Map<String, String> keys, Circumstances now) {
        return found(keys, HandoverKeys.GO, GoOrder.class)
                .filter(each -> each.jobId().equals(now.jobId()));
    }

    private static <T extends HandoverDocument> Optional<T> found(Map<String, String> keys, String key, Class<T> type) {
        return HandoverJson.read(keys.get(key), type) instanceof Reading.Found<T> found
                ? Optional.of(found.document())
                : Optional.empty();
    }
}
