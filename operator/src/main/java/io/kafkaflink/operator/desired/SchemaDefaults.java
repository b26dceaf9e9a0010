package io.kafkaflink.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.generator.annotation.Default;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Takes out of a value what the schema would put in. What is left is what the user said, and a field that a later version
 * of the schema adds with a default leaves no trace, although the API server fills it in.
 */
final class SchemaDefaults {
    private static final ObjectMapper YAML = new YAMLMapper();

    /** Declared defaults by field; they are parsed once, since every reconciliation asks. */
    private static final ClassValue<Map<String, Object>> DEFAULTS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return defaultsOf(type);
        }
    };

    /** Each call of {@code getRecordComponents} makes new ones, whose accessors are slow at first. */
    private static final ClassValue<List<RecordComponent>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
            return List.of(type.getRecordComponents());
        }
    };

    private SchemaDefaults() {}

    /** The record's members as JSON values without nulls, empty lists, empty maps and values equal to {@code @Default}. */
    static Map<String, Object> removedFrom(Record value) {
        Map<String, Object> defaults = DEFAULTS.get(value.getClass());
        Map<String, Object> members = new TreeMap<>();
        for (RecordComponent component : COMPONENTS.get(value.getClass())) {
            Object member = json(read(component, value));
            boolean said = member != null
                    && !(member instanceof Collection<?> list && list.isEmpty())
                    && !member.equals(defaults.get(component.getName()));
            if (said && !emptyMap(component, member)) {
                members.put(component.getName(), member);
            }
        }
        return members;
    }

    /** An empty object of a record type says something (a kind, as in {@code rebalance: {}}), an empty map does not. */
    private static boolean emptyMap(RecordComponent component, Object member) {
        return Map.class.isAssignableFrom(component.getType()) && ((Map<?, ?>) member).isEmpty();
    }

    private static Object json(Object value) {
        if (value instanceof Record nested) {
            return removedFrom(nested);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .filter(Objects::nonNull)
                    .map(SchemaDefaults::json)
                    .toList();
        }
        return value instanceof Enum<?> constant ? constant.name() : CanonicalJson.normalized(value);
    }

    private static Map<String, Object> defaultsOf(Class<?> owner) {
        Map<String, Object> defaults = new TreeMap<>();
        for (RecordComponent component : COMPONENTS.get(owner)) {
            try {
                Default annotation = owner.getDeclaredField(component.getName()).getAnnotation(Default.class);
                if (annotation != null) {
                    Object value = YAML.readValue(annotation.value(), YAML.constructType(component.getGenericType()));
                    defaults.put(component.getName(), json(value));
                }
            } catch (NoSuchFieldException | JsonProcessingException e) {
                throw new IllegalStateException("default of " + owner.getName() + "." + component.getName(), e);
            }
        }
        return defaults;
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading " + component, e);
        }
    }
}
