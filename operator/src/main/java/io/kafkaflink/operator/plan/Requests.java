package io.kafkaflink.operator.plan;

import io.kafkaflink.operator.api.v1alpha1.LastUpgradeStatus;
import io.kafkaflink.operator.api.v1alpha1.UpgradeSpec.Risk;
import io.kafkaflink.operator.desired.Annotations;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people ask for once, by the annotation {@code kafkaflink.io/request: <retry|rollback|new-uids>/<token>}. What stands
 * there when a resource is first seen was asked of another life of it (a restored backup, a copied manifest) and is not
 * carried out.
 */
final class Requests {
    private static final Pattern SHAPE = Pattern.compile("(retry|rollback|new-uids)/([A-Za-z0-9._-]{1,63})");

    /** Of a rollback. */
    private static final Set<String> REFUSALS = Set.of(Reasons.NO_WAY_BACK, Reasons.REPEATED_OUTPUT);

    private Requests() {}

    /** A request that was not carried out yet. */
    record Request(String what, String token) {
        boolean retries() {
            return "retry".equals(what);
        }

        boolean goesBack() {
            return "rollback".equals(what);
        }

        boolean newUids() {
            return "new-uids".equals(what);
        }
    }

    static Optional<Request> pending(Situation situation) {
        return asked(situation).filter(request -> !overtaken(situation, request));
    }

    private static Optional<Request> asked(Situation situation) {
        String value = situation.annotations().get(Annotations.REQUEST);
        if (value == null
                || firstSight(situation)
                || value.equals(situation.memory().lastHandledRequest())) {
            return Optional.empty();
        }
        Matcher matcher = SHAPE.matcher(value);
        return matcher.matches() ? Optional.of(new Request(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /**
     * What status remembers as carried out, or as overtaken.
     *
     * @param now the decision of this pass carries it out
     */
    static String handled(Situation situation, boolean now) {
        String value = situation.annotations().get(Annotations.REQUEST);
        boolean done = now
                || firstSight(situation)
                || asked(situation)
                        .filter(request -> overtaken(situation, request) || isDone(situation, request))
                        .isPresent();
        return value != null && done ? value : situation.memory().lastHandledRequest();
    }

    /** New uids are on their way once their revision is stored; a retry needs something that was rejected. */
    private static boolean isDone(Situation situation, Request request) {
        boolean answered = situation.seen().revisions().values().stream()
                .anyMatch(revision -> request.token().equals(revision.uidRequest()));
        return request.newUids()
                ? answered
                : request.retries() && situation.memory().rejected() == null;
    }

    /** The spec was changed after a rollback had been refused, and not to accept what it costs: it is asked no longer. */
    private static boolean overtaken(Situation situation, Request request) {
        LastUpgradeStatus last = situation.memory().lastUpgrade();
        return request.goesBack()
                && situation.memory().conditions().stream()
                        .anyMatch(condition -> REFUSALS.contains(condition.reason())
                                && condition.observedGeneration() != null
                                && condition.observedGeneration() < situation.generation())
                && (last == null || !situation.accepted(Risk.RepeatedOutput, last.id()));
    }

    /** No status was ever written; -1 is the schema's default. */
    private static boolean firstSight(Situation situation) {
        Long observed = situation.memory().observedGeneration();
        return observed == null || observed < 0;
    }
}
