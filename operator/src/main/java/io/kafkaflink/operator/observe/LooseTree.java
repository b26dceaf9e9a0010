package io.kafkaflink.operator.observe;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value of which nothing is certain: status of other operators carries no guarantee. A step to what is not there
 * leads to nothing, and a value of another type than the one asked for counts as absent.
 *
 * @param value null, String, Number, Boolean, List or Map
 */
record LooseTree(Object value) {

    LooseTree at(String... path) {
        Object current = value;
        for (String step : path) {
            current = current instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return new LooseTree(current);
    }

    /** Null when it is none, or empty. */
    String text() {
        return value instanceof String text && !text.isEmpty() ? text : null;
    }

    /** Null when it is no whole number. */
    Long number() {
        if (value instanceof Number number && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        return null;
    }

    /** Null when it is no whole number, or too large. */
    Integer smallNumber() {
        Long number = number();
        return number == null || number != number.intValue() ? null : number.intValue();
    }

    /** A time as Kubernetes writes it, null when it is none. */
    Instant time() {
        return time(text());
    }

    static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    List<LooseTree> items() {
        return value instanceof List<?> list ? list.stream().map(LooseTree::new).toList() : List.of();
    }

    /** The texts of a list; entries of other types are left out. */
    List<String> texts() {
        return items().stream().map(LooseTree::text).filter(Objects::nonNull).toList();
    }

    /** The members of an object, empty when it is none. */
    @SuppressWarnings("unchecked")
    Map<String, Object> members() {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
