package io.kafkaflink.operator.plan;

import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.UidPolicy;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the verdict of an armed job means for its change. */
final class Verdicts {
    /** Words of the job for state of source and sinks that only a new uid helps. */
    private static final Set<String> CURED_BY_NEW_UIDS = Set.of("SubscriptionNeedsNewUid", "NamingNeedsNewUid");

    private Verdicts() {}

    sealed interface Judgement {
        /** The old job may be stopped. */
        record For() implements Judgement {}

        record Against(Cause cause) implements Judgement {}
    }

    static Judgement judge(HandOver handOver, ArmVerdict verdict, Revision to) {
        List<String> lost = lost(handOver, verdict, to);
        if (verdict.verdict() != Verdict.Unfit && lost.isEmpty()) {
            return new Judgement.For();
        }
        String message = message(handOver, verdict, lost);
        return new Judgement.Against(
                curable(handOver, verdict, lost, to)
                        ? Cause.newUids(message)
                        : verdict.verdict() == Verdict.Unfit
                                ? new Cause(Reasons.NEW_JOB_UNFIT, message)
                                : new Cause(Reasons.STATE_WOULD_BE_DROPPED, message));
    }

    /** Operators whose state would be left behind though nobody expects or accepts it. */
    private static List<String> lost(HandOver handOver, ArmVerdict verdict, Revision to) {
        Set<String> expected = handOver.leftBehind(to).stream()
                .flatMap(uid -> List.of(uid, OperatorIds.of(uid)).stream())
                .collect(Collectors.toSet());
        return verdict.operators().dropped().stream()
                .filter(uid -> !expected.contains(uid))
                .filter(uid -> !handOver.situation().accepted(Risk.DroppedState, uid))
                .filter(uid -> !handOver.situation().accepted(Risk.DroppedState, step(uid)))
                .toList();
    }

    /** A step of several operators, {@code step-<id>.<operator>}, is left behind as a whole. */
    private static String step(String uid) {
        return uid.contains(".") ? uid.substring(0, uid.indexOf('.')) : uid;
    }

    private static String message(HandOver handOver, ArmVerdict verdict, List<String> lost) {
        String reasons =
                verdict.reasons().stream().limit(3).map(Verdicts::words).collect(Collectors.joining(". "));
        String found = reasons.isEmpty() && !lost.isEmpty()
                ? "state of " + lost + " would be left behind; keep these steps and their ids, or add to"
                        + " spec.upgrade.acknowledge: " + snippet(step(lost.get(0)))
                : reasons;
        return "the new job of " + handOver.newName() + " says " + verdict.verdict() + ": " + found;
    }

    private static String snippet(String uid) {
        return "{risk: " + Risk.DroppedState + ", value: \"" + uid + "\"}";
    }

    /** A reason of the job as messages show it, with what to paste when it can be accepted. */
    static String words(Reason reason) {
        String said = reason.code() + ": " + reason.message();
        return reason.acknowledge() == null
                ? said
                : said + " (spec.upgrade.acknowledge: {risk: "
                        + reason.acknowledge().risk() + ", value: \""
                        + reason.acknowledge().value() + "\"})";
    }

    /** With kept uids only state of source and sinks is in the way: new uids leave exactly that behind. */
    private static boolean curable(HandOver handOver, ArmVerdict verdict, List<String> lost, Revision to) {
        boolean may = handOver.situation().spec().upgrade().uidPolicy() == UidPolicy.Auto
                && !handOver.isGivenItsState()
                && handOver.from()
                        .filter(from -> from.uids().source().equals(to.uids().source()))
                        .isPresent();
        Set<String> own = handOver.from().map(Verdicts::ofSourceAndSinks).orElse(Set.of());
        boolean unfit = verdict.verdict() == Verdict.Unfit;
        boolean onlyTheirs = own.containsAll(lost);
        boolean named = verdict.reasons().stream().map(Reason::code).anyMatch(CURED_BY_NEW_UIDS::contains);
        return may && onlyTheirs && (unfit ? named : !lost.isEmpty());
    }

    private static Set<String> ofSourceAndSinks(Revision from) {
        Set<String> uids = new TreeSet<>();
        uids.add(from.uids().source());
        from.uids().sinks().values().forEach(uid -> {
            uids.add(uid);
            uids.add(OperatorIds.committerUid(uid));
        });
        Set<String> ids = uids.stream().map(OperatorIds::of).collect(Collectors.toCollection(TreeSet::new));
        ids.addAll(uids);
        return ids;
    }
}
