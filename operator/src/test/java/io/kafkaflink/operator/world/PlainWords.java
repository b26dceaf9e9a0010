package io.kafkaflink.operator.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts without what is another each time: each time becomes the same, and names that are made anew are numbered. */
final class PlainWords {
    private static final Pattern TIME = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z");
    private static final Map<String, Pattern> NAMES = Map.of(
            "job", Pattern.compile("\\b[0-9a-f]{32}\\b"),
            "revision", Pattern.compile("\\bp1-[0-9a-f]{8}\\b"),
            "savepoint", Pattern.compile("\\bsavepoint-[0-9a-f]{6}-[0-9a-f]{12}\\b"),
            "upgrade", Pattern.compile("\\b20[0-9]{6}-[0-9]{6}(-[0-9]+)?\\b"));

    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final String time;

    PlainWords(String time) {
        this.time = time;
    }

    String of(String text) {
        String timeless = TIME.matcher(text).replaceAll(Matcher.quoteReplacement(time));
        for (Map.Entry<String, Pattern> name : new TreeMap<>(NAMES).entrySet()) {
            timeless = name.getValue().matcher(timeless).replaceAll(found -> numbered(name.getKey(), found));
        }
        return timeless;
    }

    private String numbered(String kind, MatchResult found) {
        List<String> known = names.computeIfAbsent(kind, each -> new ArrayList<>());
        if (!known.contains(found.group())) {
            known.add(found.group());
        }
        return "<" + kind + " " + (known.indexOf(found.group()) + 1) + ">";
    }
}
