package io.kafkaflink.job.handover;

import io.kafkaflink.model.Delivery.TransactionNaming;
import io.kafkaflink.model.JobConfiguration.KafkaSink;
import io.kafkaflink.model.handover.ArmOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether exactly-once sinks may name their transactional ids as they will, after what their state says. */
record NamingChecks(NewJob job, ArmOrder order) {

    List<Finding> findings(SavedState state) throws UnreadableState {
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, KafkaSink> sink : job.exactlyOnceSinks().entrySet()) {
            String name = sink.getKey();
            String uid = job.configuration().uids().sinks().get(name);
            String formerUid =
                    order.from() == null ? uid : order.from().sinkUids().getOrDefault(name, uid);
            Optional<FormerNaming> former = state.naming(formerUid);
            if (former.isPresent()) {
                finding(name, uid.equals(formerUid), former.get(), job.naming(sink.getValue()))
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    /** The connector throws when it restores such a state ({@code TransactionOwnership}). */
    static Optional<Finding> finding(String sink, boolean kept, FormerNaming former, TransactionNaming naming) {
        return switch (former) {
            case OfConnector3 ->
                kept && naming == TransactionNaming.Pooling
                        ? Optional.of(Finding.unfit(
                                "NamingNeedsNewUid",
                                "Sink " + sink + ": found transactionNaming Pooling, expected Incrementing beside a"
                                        + " state of connector 3.x; give the sink a new uid (uidChangeNonce), or set"
                                        + " Incrementing"))
                        : Optional.empty();
            case Incrementing -> Optional.empty();
            case Pooling ->
                naming == TransactionNaming.Incrementing
                        ? Optional.of(Finding.unfit(
                                "NamingCannotGoBack",
                                "Sink " + sink + ": found transactionNaming Incrementing, expected Pooling, which its"
                                        + " state was written with; there is no way back. Set Pooling"))
                        : Optional.empty();
        };
    }
}
