package io.kafkaflink.operator.reconcile;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.operator.observe.Definition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which definitions the API server serves, by discovery (open to every account), asked again after {@link #FRESH}. */
public final class ServedDefinitions {
    static final Duration FRESH = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Clock clock;
    private final FlinkDefinition flink;
    private Set<Definition> served = Set.of();
    private Optional<String> flinkOperatorTooOld = Optional.empty();
    private Instant askedAt = Instant.MIN;

    public ServedDefinitions(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.flink = new FlinkDefinition(client);
    }

    /**
     * What is served, as of at most half a minute ago.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when discovery fails
     */
    public synchronized Set<Definition> get() {
        Instant now = clock.instant();
        if (askedAt.plus(FRESH).isBefore(now)) {
            served = ask();
            flinkOperatorTooOld = served.contains(Definition.FLINK_DEPLOYMENT) ? flink.tooOld() : Optional.empty();
            askedAt = now;
        }
        return served;
    }

    /** What shows that FKO is too old, as of the last answer of {@link #get}; empty when nothing does. */
    public synchronized Optional<String> flinkOperatorTooOld() {
        return flinkOperatorTooOld;
    }

    /** Has the next look ask again: a write has met a definition that is gone. */
    synchronized void forget() {
        askedAt = Instant.MIN;
    }

    private Set<Definition> ask() {
        Map<String, List<String>> plurals = new HashMap<>();
        Set<Definition> found = EnumSet.noneOf(Definition.class);
        for (Definition definition : Definition.values()) {
            if (plurals.computeIfAbsent(definition.apiVersion(), this::plurals).contains(definition.plural())) {
                found.add(definition);
            }
        }
        return Set.copyOf(found);
    }

    private List<String> plurals(String apiVersion) {
        APIResourceList list = client.getApiResources(apiVersion);
        return list == null
                ? List.of()
                : list.getResources().stream().map(APIResource::getName).toList();
    }
}
