package io.kafkaflink.operator.status;

import io.kafkaflink.operator.api.v1alpha1.Condition;
import io.kafkaflink.operator.api.v1alpha1.Condition.Status;
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

    Conditions set(String type, boolean value, String reason, String message) {
        Status status = value ? Status.True : Status.False;
        Instant since = find(before, type)
                .filter(condition -> condition.status() == status)
                .map(Condition::lastTransitionTime)
                .orElse(now);
        String text = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        after.add(new Condition(type, status, reason, text, generation, since));
        return this;
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
