package io.kafkaflink.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kafkaflink.model.JobConfigurationYaml;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** JSON values as the API server gives them back, and their hash. */
final class CanonicalJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private CanonicalJson() {}

    /**
     * The same value as maps, lists, texts, booleans and numbers in the types that reading JSON yields: keys sorted, nulls
     * dropped, whole numbers as Integer where they fit, else Long, others as Double. JOSDK's matcher for server-side apply
     * compares Java objects, so a Long 1 or a Double 1.0 never equals the 1 that the server returns.
     */
    static Object normalized(Object value) {
        if (value instanceof Map<?, ?> map) {
            return normalizedMap(map);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(Objects::nonNull)
                    .map(CanonicalJson::normalized)
                    .toList();
        }
        return value instanceof Number number ? number(number) : value;
    }

    static Map<String, Object> normalizedMap(Map<?, ?> map) {
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                sorted.put(String.valueOf(key), normalized(value));
            }
        });
        return Collections.unmodifiableMap(sorted);
    }

    private static Number number(Number number) {
        BigDecimal decimal = new BigDecimal(number.toString());
        if (decimal.stripTrailingZeros().scale() > 0) {
            return decimal.doubleValue();
        }
        try {
            long whole = decimal.longValueExact();
            return whole == (int) whole ? (Number) (int) whole : (Number) whole;
        } catch (ArithmeticException e) {
            // Beyond 64 bits; the API server keeps such numbers as floating point.
            return decimal.doubleValue();
        }
    }

    /** A value of a typed resource as plain JSON values. */
    static Object tree(Object value) {
        return normalized(MAPPER.convertValue(value, Object.class));
    }

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(normalized(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of a text in UTF-8, 64 lower-case hex digits. */
    static String sha256(String text) {
        return JobConfigurationYaml.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
