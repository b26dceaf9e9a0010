package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.VersionPolicy;
import io.kafkaflink.operator.desired.Revision;
import io.kafkaflink.operator.desired.SupportedPairs;
import io.kafkaflink.operator.desired.VersionPair;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which versions may follow which. One variable at a time can be told apart when something breaks; no connector is built
 * for Flink 1.20 and 2.x both, so that this hop changes two at once and needs a policy and an acknowledgement.
 */
final class VersionRules {
    private VersionRules() {}

    /** How a pair differs from the one before. */
    enum Hop {
        NONE,
        FLINK,
        CONNECTOR,
        BOTH,
        DOWN
    }

    static Hop hop(VersionPair from, VersionPair to) {
        int flink = compare(to.flinkVersion(), from.flinkVersion());
        int connector = compare(to.connectorVersion(), from.connectorVersion());
        if (flink < 0 || connector < 0) {
            return Hop.DOWN;
        }
        return flink > 0 ? connector > 0 ? Hop.BOTH : Hop.FLINK : connector > 0 ? Hop.CONNECTOR : Hop.NONE;
    }

    /** From Flink 1.x to 2.x serializers change, so that no state of the new job can be read by the old one. */
    static boolean irreversible(Revision from, Revision to) {
        return numbers(from.flinkVersion()).get(0) < numbers(to.flinkVersion()).get(0);
    }

    /** As acknowledgements spell it: {@code 1.20/3.4.0->2.2/5.0.0}. */
    static String spelled(VersionPair from, VersionPair to) {
        return from + "->" + to;
    }

    static Optional<Refusal> refusal(Situation situation, VersionPair from, VersionPair to) {
        return switch (hop(from, to)) {
            case NONE, FLINK, CONNECTOR -> Optional.empty();
            case DOWN ->
                Optional.of(Refusal.stalled(
                        Reasons.VERSION_DOWNGRADE_REFUSED,
                        "spec.flink: found " + to + ", deployed " + from
                                + "; an older version cannot read the state of a"
                                + " newer one. Set it back to " + from
                                + ", or go back to the savepoint before the last upgrade with the annotation"
                                + " kafkaflink.io/request: rollback/<token>"));
            case BOTH -> both(situation, from, to);
        };
    }

    private static Optional<Refusal> both(Situation situation, VersionPair from, VersionPair to) {
        Optional<VersionPair> first = connectorFirst(from);
        if (first.isPresent()) {
            return Optional.of(Refusal.stalled(
                    Reasons.VERSIONS_CHANGE_TOGETHER,
                    "spec.flink: found " + to + ", deployed " + from
                            + "; the state of this connector was only tried with " + first.get() + " in between. Set "
                            + first.get() + " first"));
        }
        if (situation.spec().upgrade().versionPolicy() != VersionPolicy.CombinedWithHandover) {
            return Optional.of(Refusal.stalled(
                    Reasons.VERSIONS_CHANGE_TOGETHER,
                    "spec.flink: found " + to + ", deployed " + from + ": Flink and connector would change at once, and"
                            + " spec.upgrade.versionPolicy is "
                            + situation.spec().upgrade().versionPolicy() + middle(from, to)
                            + ". Set versionPolicy: CombinedWithHandover and acknowledge {risk: "
                            + Risk.CombinedUpgrade + ", value: \"" + spelled(from, to) + "\"}, or change one after the"
                            + " other"));
        }
        return situation.accepted(Risk.CombinedUpgrade, spelled(from, to))
                ? Optional.empty()
                : Optional.of(Refusal.consent(
                        Reasons.VERSIONS_CHANGE_TOGETHER,
                        "spec.flink: found " + to + ", deployed " + from + ": Flink and connector change at once"
                                + (numbers(from.flinkVersion()).get(0)
                                                < numbers(to.flinkVersion()).get(0)
                                        ? ", and there is no way back but to the savepoint before it"
                                        : ""),
                        Risk.CombinedUpgrade,
                        spelled(from, to)));
    }

    /** The newest connector of the same Flink version, when that is another one. */
    private static Optional<VersionPair> connectorFirst(VersionPair from) {
        return SupportedPairs.all().stream()
                .filter(pair -> pair.flinkVersion().equals(from.flinkVersion()))
                .filter(pair -> compare(pair.connectorVersion(), from.connectorVersion()) > 0)
                .max((one, other) -> compare(one.connectorVersion(), other.connectorVersion()));
    }

    private static String middle(VersionPair from, VersionPair to) {
        List<VersionPair> between = List.of(
                new VersionPair(from.flinkVersion(), to.connectorVersion()),
                new VersionPair(to.flinkVersion(), from.connectorVersion()));
        return between.stream().noneMatch(SupportedPairs::contains)
                ? "; no connector is built that would make it two steps"
                : "; " + between.stream().filter(SupportedPairs::contains).toList() + " would make it two steps";
    }

    private static int compare(String one, String other) {
        return Arrays.compare(
                numbers(one).stream().mapToInt(Integer::intValue).toArray(),
                numbers(other).stream().mapToInt(Integer::intValue).toArray());
    }

    /** {@code v2_2} and {@code 5.0.0} as numbers; what is no number counts 0. */
    static List<Integer> numbers(String version) {
        return Arrays.stream(version.replaceFirst("^v", "").split("[._-]", -1))
                .map(part -> part.matches("[0-9]{1,6}") ? Integer.parseInt(part) : 0)
                .toList();
    }
}
