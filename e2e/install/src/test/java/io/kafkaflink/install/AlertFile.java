package io.kafkaflink.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.monitoring.PromQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The chart's file of alerts, which Prometheus reads as it is. */
final class AlertFile {
    static final Path PATH = Repository.CHART.resolve("files/alerts.yaml");

    private AlertFile() {}

    /** Its rules, in order. */
    static List<JsonNode> rules() {
        return StreamSupport.stream(Repository.tree(PATH).at("/groups/0/rules").spliterator(), false)
                .toList();
    }

    static Set<String> names() {
        return rules().stream().map(rule -> rule.path("alert").asText()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of metrics in the conditions of all alerts. */
    static Set<String> metrics() {
        return rules().stream()
                .flatMap(rule -> new PromQuery(rule.path("expr").asText()).metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
