package io.kafkaflink.rehearsal.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of one record: String, Long, Double or Boolean by name. A null field is the same as an absent one, and
 * Doubles are compared by their first ten digits, because a sum depends on the order of its addition in the last ones.
 */
public record Row(SortedMap<String, Object> fields) {
    private static final MathContext TEN_DIGITS = new MathContext(10);

    public Row {
        SortedMap<String, Object> present = new TreeMap<>(fields);
        present.values().removeIf(java.util.Objects::isNull);
        fields = Collections.unmodifiableSortedMap(present);
    }

    /** A record of one text field named {@code value}. */
    public static Row ofText(String text) {
        return new Row(new TreeMap<>(Map.of("value", text)));
    }

    /** A record without value, of which the key is all that there is. */
    public static Row ofTombstone(Object key) {
        return new Row(new TreeMap<>(Map.of("tombstone of", String.valueOf(key))));
    }

    /** All scalar members of a JSON object; whole numbers become Long. */
    public static Row ofJson(ObjectNode object) {
        SortedMap<String, Object> fields = new TreeMap<>();
        object.properties().forEach(member -> fields.put(member.getKey(), scalar(member.getValue())));
        return new Row(fields);
    }

    /** The members of a JSON object that are declared, as the declared types (String, Long, Double, Boolean). */
    public static Row ofJson(ObjectNode object, Map<String, String> types) {
        SortedMap<String, Object> fields = new TreeMap<>();
        types.forEach((name, type) -> {
            JsonNode value = object.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                fields.put(name, typed(value, type));
            }
        });
        return new Row(fields);
    }

    private static Object scalar(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.isIntegralNumber() ? (Object) value.longValue() : digits(value.doubleValue());
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static Object typed(JsonNode value, String type) {
        return switch (type) {
            case "Long" -> value.asLong();
            case "Double" -> digits(value.asDouble());
            case "Boolean" -> value.asBoolean();
            default -> value.asText();
        };
    }

    /** A Double cut to the digits that are compared. */
    static double digits(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(TEN_DIGITS).doubleValue() : value;
    }

    /** The value of a field, null when absent. */
    public Object get(String field) {
        return fields.get(field);
    }

    /** This row with one more or another field. */
    public Row with(String field, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(fields);
        changed.put(field, value);
        return new Row(changed);
    }

    /** This row without a field. */
    public Row without(String field) {
        SortedMap<String, Object> changed = new TreeMap<>(fields);
        changed.remove(field);
        return new Row(changed);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
