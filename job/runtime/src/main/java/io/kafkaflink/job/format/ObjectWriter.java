package io.kafkaflink.job.format;

import io.kafkaflink.model.Field;
import io.kafkaflink.model.ObjectFormat;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;

/** Values that a serializer of the user's makes: of one field, where null makes a record without value, or of a map of all. */
public final class ObjectWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int ALL = -1;

    private final ObjectFormat.Writer format;
    private final RecordSchema schema;
    private final int index;
    private transient Serializer<Object> serializer;

    /** @throws io.kafkaflink.job.JobRefused when the class cannot be used */
    public ObjectWriter(ObjectFormat.Writer format, RecordSchema schema) {
        this.format = format;
        this.schema = schema;
        this.index = format.field() == null ? ALL : schema.indexOf(format.field());
        make().close();
    }

    @Override
    public byte[] write(Row row) {
        return write(row, null, new RecordHeaders());
    }

    @Override
    public byte[] write(Row row, String topic, Headers headers) {
        if (serializer == null) {
            serializer = make();
        }
        Object object = index == ALL
                ? map(row, schema)
                : object(row.getField(index), schema.fields().get(index));
        return object == null ? null : serializer.serialize(topic, headers, object);
    }

    private static Map<String, Object> map(Row row, RecordSchema schema) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            map.put(fields.get(i).name(), object(row.getField(i), fields.get(i)));
        }
        return map;
    }

    /** An array is a list: of maps, or of single values. */
    private static Object object(Object value, Field field) {
        if (value == null || field.type().single()) {
            return value;
        }
        List<Object> list = new ArrayList<>();
        RecordSchema members = field.members();
        for (Object member : (Object[]) value) {
            list.add(field.items().fields() == null ? ((Row) member).getField(0) : map((Row) member, members));
        }
        return list;
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Serializer<Object> make() {
        return NamedClass.<Serializer>make(
                "format.serializer.serializerClass",
                format.serializerClass(),
                Serializer.class,
                format.properties(),
                (made, properties) -> made.configure(properties, false));
    }
}
