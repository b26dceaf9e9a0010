package io.kafkaflink.operator.api.v1alpha1;

import io.fabric8.generator.annotation.Required;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/** Finds what the schema requires and a record lacks: an API server with another schema lets such resources through. */
final class RequiredParts {
    private RequiredParts() {}

    /** Path of the first missing part below {@code path}. */
    static Optional<String> missing(String path, Object value) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Optional<String> missing = missing(path + "[" + i + "]", list.get(i));
                if (missing.isPresent()) {
                    return missing;
                }
            }
        }
        return value instanceof Record record ? missingIn(path, record) : Optional.empty();
    }

    private static Optional<String> missingIn(String path, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String below = path + "." + component.getName();
            Object value = value(record, component);
            if (value == null && isRequired(record.getClass(), component)) {
                return Optional.of(below);
            }
            Optional<String> missing = missing(below, value);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private static boolean isRequired(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName()).isAnnotationPresent(Required.class);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every record has a field for " + component, e);
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("accessors of public records can be called and do not throw", e);
        }
    }
}
