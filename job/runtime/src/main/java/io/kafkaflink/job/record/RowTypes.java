package io.kafkaflink.job.record;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.RowTypeInfo;

/** Flink's types for a schema: rows by position, with the field names in the type. */
public final class RowTypes {
    private RowTypes() {}

    public static RowTypeInfo of(RecordSchema schema) {
        TypeInformation<?>[] types = schema.fields().stream().map(RowTypes::of).toArray(TypeInformation[]::new);
        return new RowTypeInfo(types, schema.names().toArray(String[]::new));
    }

    /** An array is one of rows, whose fields are those of a member. */
    private static TypeInformation<?> of(Field field) {
        return field.type().single() ? of(field.type()) : Types.OBJECT_ARRAY(of(field.members()));
    }

    /** The type of a single value. */
    public static TypeInformation<?> of(FieldType type) {
        return switch (type) {
            case String -> Types.STRING;
            case Long -> Types.LONG;
            case Double -> Types.DOUBLE;
            case Boolean -> Types.BOOLEAN;
            case Bytes -> Types.PRIMITIVE_ARRAY(Types.BYTE);
            case Array -> throw new IllegalArgumentException("an array is no single value");
        };
    }
}
