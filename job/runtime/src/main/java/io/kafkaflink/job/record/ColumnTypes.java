package io.kafkaflink.job.record;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** The types of fields as columns of Flink SQL. */
public final class ColumnTypes {
    private ColumnTypes() {}

    /** An array is one of rows, whose fields are those of a member. */
    public static DataType of(Field field) {
        return field.type().single()
                ? of(field.type())
                : DataTypes.ARRAY(DataTypes.ROW(field.members().fields().stream()
                        .map(member -> DataTypes.FIELD(member.name(), of(member.type())))
                        .toArray(DataTypes.Field[]::new)));
    }

    private static DataType of(FieldType type) {
        return switch (type) {
            case String -> DataTypes.STRING();
            case Long -> DataTypes.BIGINT();
            case Double -> DataTypes.DOUBLE();
            case Boolean -> DataTypes.BOOLEAN();
            case Bytes -> DataTypes.BYTES();
            case Array -> throw new IllegalArgumentException("an array is no single value");
        };
    }
}
