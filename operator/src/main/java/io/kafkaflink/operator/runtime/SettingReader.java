package io.kafkaflink.operator.runtime;

import io.kafkaflink.model.Timespan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads settings from an environment and collects what is wrong with them, so that one start shows every problem. */
final class SettingReader {
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    SettingReader(Map<String, String> environment) {
        this.environment = environment;
        refuseUnknown();
    }

    private void refuseUnknown() {
        Set<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toCollection(TreeSet::new));
        environment.keySet().stream()
                .filter(name -> name.startsWith(Setting.PREFIX) && !known.contains(name))
                .sorted()
                .forEach(name ->
                        problems.add(name + ": there is no such setting; known are " + String.join(", ", known)));
    }

    String text(Setting setting) {
        String value = environment.getOrDefault(setting.variable(), "").strip();
        return value.isEmpty() ? setting.defaultValue() : value;
    }

    /** Comma-separated, blanks around entries ignored, in the order given. */
    Set<String> list(Setting setting) {
        return Arrays.stream(text(setting).split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    boolean flag(Setting setting) {
        String value = text(setting);
        if (!value.equals("true") && !value.equals("false")) {
            problem(setting, value, "true or false");
        }
        return value.equals("true");
    }

    int number(Setting setting, int least, int most) {
        String value = text(setting);
        if (value.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problem(setting, value, "a whole number from " + least + " to " + most);
        return least;
    }

    Duration duration(Setting setting, Duration least, Duration most) {
        String value = text(setting);
        if (value.matches(Timespan.PATTERN)) {
            Duration duration = Timespan.parse(value);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        }
        problem(
                setting,
                value,
                "a time span as in 500ms, 30s, 5m or 2h, from " + least.toSeconds() + "s to " + most.toSeconds() + "s");
        return least;
    }

    /** A constant of an enum, its name in any case. */
    <E extends Enum<E>> E constant(Setting setting, Class<E> type) {
        String value = text(setting);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        problem(setting, value, "one of " + Arrays.toString(type.getEnumConstants()));
        return type.getEnumConstants()[0];
    }

    void problem(Setting setting, String found, String expected) {
        problems.add(setting.variable() + ": found '" + found + "', expected " + expected);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }
}
