package io.kafkaflink.job.format;

import io.kafkaflink.model.Field;

/** Objects of other people's classes as the values of fields: only what loses nothing is taken over. */
final class JavaValues {
    private JavaValues() {}

    /**
     * The value in a row.
     *
     * @throws UnreadableValue when it is of another type than the field
     */
    static Object of(Object object, Field field) throws UnreadableValue {
        Object value =
                switch (field.type()) {
                    case String -> object instanceof CharSequence text ? text.toString() : null;
                    case Long -> whole(object);
                    case Double ->
                        object instanceof Double || object instanceof Float ? ((Number) object).doubleValue() : null;
                    case Boolean -> object instanceof Boolean ? object : null;
                    case Bytes -> object instanceof byte[] ? object : null;
                    case Array -> null;
                };
        if (value == null) {
            throw new UnreadableValue("found an object of " + object.getClass().getName() + " for the field '"
                    + field.name() + "', expected one for type " + field.type());
        }
        return value;
    }

    private static Long whole(Object object) {
        boolean whole = object instanceof Long
                || object instanceof Integer
                || object instanceof Short
                || object instanceof Byte;
        return whole ? ((Number) object).longValue() : null;
    }
}
