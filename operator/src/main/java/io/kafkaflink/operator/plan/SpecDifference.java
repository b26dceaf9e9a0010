package io.kafkaflink.operator.plan;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the first field that we set and that no longer has our value. Fields of others do not count: server-side apply
 * leaves them alone too.
 */
final class SpecDifference {
    private SpecDifference() {}

    /** Path and both values of the first difference, in the order of the paths. */
    static Optional<String> between(Map<String, Object> wanted, Map<String, Object> live) {
        return between("spec", wanted, live);
    }

    private static Optional<String> between(String path, Object wanted, Object live) {
        if (wanted instanceof Map<?, ?> fields) {
            return ofFields(path, fields, live);
        }
        if (wanted instanceof List<?> items && live instanceof List<?> found && items.size() == found.size()) {
            for (int i = 0; i < items.size(); i++) {
                Optional<String> difference = between(path + "[" + i + "]", items.get(i), found.get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return same(wanted, live) ? Optional.empty() : Optional.of(path + " " + live + " becomes " + wanted);
    }

    private static Optional<String> ofFields(String path, Map<?, ?> wanted, Object live) {
        if (!(live instanceof Map<?, ?> found)) {
            return Optional.of(path + " is missing");
        }
        Map<String, Object> sorted = new TreeMap<>();
        wanted.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        for (Map.Entry<String, Object> field : sorted.entrySet()) {
            Optional<String> difference =
                    between(path + "." + field.getKey(), field.getValue(), found.get(field.getKey()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** Numbers compare by value: JSON does not tell an int from a long, or 1 from 1.0. */
    static boolean same(Object wanted, Object live) {
        if (wanted instanceof Number one && live instanceof Number other) {
            return one.doubleValue() == other.doubleValue();
        }
        return Objects.equals(wanted, live);
    }
}
