package io.kafkaflink.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A dashboard of the chart, as far as its queries are concerned. */
public record Dashboard(String name, JsonNode tree) {
    private static final Pattern VARIABLE_QUERY = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    /** Those of the operator and of the pipelines. */
    public static List<Dashboard> all() {
        return ChartFiles.dashboards().stream().map(Dashboard::of).toList();
    }

    private static Dashboard of(Path file) {
        try {
            return new Dashboard(file.getFileName().toString(), ChartFiles.tree(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its variables and its panels ask for, with its variables as they stand there. */
    public List<String> queries() {
        Stream<String> variables = tree.at("/templating/list").findValuesAsText("query").stream()
                .map(VARIABLE_QUERY::matcher)
                .filter(query -> query.matches())
                .map(query -> query.group(1));
        Stream<String> panels = tree.path("panels").findValuesAsText("expr").stream();
        return Stream.concat(variables, panels).toList();
    }

    /** What Grafana would send for some values of its variables; the longest name first, since $name begins $namespace. */
    public List<String> queries(Map<String, String> values) {
        List<String> variables = values.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        return queries().stream()
                .map(query -> {
                    String filled = query;
                    for (String variable : variables) {
                        filled = filled.replace("$" + variable, values.get(variable));
                    }
                    return filled;
                })
                .toList();
    }

    /** Names of the metrics that any of them asks for. */
    public static Set<String> metrics() {
        return all().stream()
                .flatMap(dashboard -> dashboard.queries().stream())
                .flatMap(query -> new PromQuery(query).metrics().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
