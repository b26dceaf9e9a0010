package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.Condition.Status;
import io.kafkaflink.operator.plan.Reasons;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The conditions of one status, in a fixed order. A transition time moves only when the status value does. */
final class Conditions {
    static final String READY = "Ready";
    static final String RECONCILING = "Reconciling";
    static final String STALLED = "Stalled";
    static final String TOPICS_READY = "TopicsReady";
    static final String JOB_RUNNING = "JobRunning";
    static final String SUSPENDED = "Suspended";
    static final String UPGRADING = "Upgrading";
    static final String OFFSETS_VERIFIED = "OffsetsVerified";

    /** Where a pipeline is. */
    enum Judgement {
        READY,
        RECONCILING,
        STALLED
    }

    /** etcd and terminals both want an end; the API allows 32,768. */
    private static final int LONGEST_MESSAGE = 2_000;

    private final List<Condition> before;
    private final long generation;
    private final Instant now;
    private final List<Condition> after = new ArrayList<>();

    Conditions(List<Condition> before, long generation, Instant now) {
        this.before = before;
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Replaces a text that nobody wrote by the reason: a condition must say something. */
    Conditions set(String type, boolean value, String reason, String message) {
        Status status = value ? Status.True : Status.False;
        Instant since = find(before, type)
                .filter(condition -> condition.status() == status)
                .map(Condition::lastTransitionTime)
                .orElse(now);
        String words = message == null || message.isBlank() ? reason : message;
        String text = words.length() <= LONGEST_MESSAGE ? words : words.substring(0, LONGEST_MESSAGE - 1) + "…";
        after.add(new Condition(type, status, reason, text, generation, since));
        return this;
    }

    /**
     * Ready, Reconciling and Stalled, of which exactly one is True, so that kstatus, Flux, Helm and Argo CD agree on what
     * they see. Ready bears reason and message of whichever it is.
     */
    Conditions judge(Judgement judgement, String reason, String message) {
        boolean reconciling = judgement == Judgement.RECONCILING;
        boolean stalled = judgement == Judgement.STALLED;
        return set(READY, judgement == Judgement.READY, reason, message)
                .set(
                        RECONCILING,
                        reconciling,
                        reconciling ? reason : Reasons.SETTLED,
                        reconciling ? message : "nothing is under way")
                .set(
                        STALLED,
                        stalled,
                        stalled ? reason : Reasons.NOT_STALLED,
                        stalled ? message : "no change by the user is needed");
    }

    List<Condition> list() {
        return List.copyOf(after);
    }

    static Optional<Condition> find(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }
}
