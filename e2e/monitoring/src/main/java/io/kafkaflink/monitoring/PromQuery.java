package io.kafkaflink.monitoring;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A query as text, as far as the names of its metrics are concerned. */
public record PromQuery(String text) {
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "group_left", "inf");
    private static final Pattern NOT_METRICS = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|without|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("(?<![\\w$:])[A-Za-z_:][\\w:]*+(?!\\s*\\()");

    /** Whatever is neither function, keyword, label nor text. */
    public Set<String> metrics() {
        return NAME.matcher(NOT_METRICS.matcher(text).replaceAll(" "))
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
