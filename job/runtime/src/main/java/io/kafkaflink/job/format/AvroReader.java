package io.kafkaflink.job.format;

import io.kafkaflink.model.AvroType;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;

/** One Avro record in binary form, of exactly the schema; points in time become epoch milliseconds. */
public final class AvroReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    private final AvroType[] types;
    /** The names as messages say them: those of an array's members with the array before. */
    private final String[] labels;

    private final AvroReader[] members;

    /** @param type a record */
    public AvroReader(AvroType type) {
        this(type, "");
    }

    private AvroReader(AvroType type, String array) {
        int size = type.members().size();
        this.types = new AvroType[size];
        this.labels = new String[size];
        this.members = new AvroReader[size];
        for (int i = 0; i < size; i++) {
            types[i] = type.members().get(i).type();
            labels[i] = array + type.members().get(i).name();
            AvroType items = types[i].items();
            members[i] = items != null && items.kind() == AvroType.Kind.Record
                    ? new AvroReader(items, labels[i] + "[].")
                    : null;
        }
    }

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        AvroInput in = new AvroInput(value);
        Row row = record(in);
        if (in.left() > 0) {
            throw new UnreadableValue(
                    "found " + in.left() + " bytes behind the record, expected one Avro record of the schema");
        }
        return row;
    }

    private Row record(AvroInput in) throws UnreadableValue {
        Row row = Row.withPositions(types.length);
        for (int i = 0; i < types.length; i++) {
            row.setField(i, value(in, types[i], i));
        }
        return row;
    }

    private Object value(AvroInput in, AvroType type, int position) throws UnreadableValue {
        String label = labels[position];
        if (type.nullable() && isNull(in, type, label)) {
            return null;
        }
        return switch (type.kind()) {
            case Boolean -> in.truth(label);
            case Int -> (long) in.small(label);
            case Long -> in.whole(label);
            case Micros -> Math.floorDiv(in.whole(label), MICROS);
            case Nanos -> Math.floorDiv(in.whole(label), NANOS);
            case Float -> in.shortDecimal(label);
            case Double -> in.decimal(label);
            case String -> in.text(label);
            case Bytes -> in.block(label);
            case Enumeration -> symbol(in, type.symbols(), label);
            case Array -> array(in, type.items(), position);
            case Record -> members[position].record(in);
        };
    }

    private static boolean isNull(AvroInput in, AvroType type, String label) throws UnreadableValue {
        long branch = in.whole(label);
        if (branch != 0 && branch != 1) {
            throw new UnreadableValue("found type " + branch + " of a union in field '" + label + "', expected 0 or 1");
        }
        return (branch == 0) == (type.nulls() == AvroType.Nulls.First);
    }

    private static String symbol(AvroInput in, List<String> symbols, String label) throws UnreadableValue {
        long index = in.whole(label);
        if (index < 0 || index >= symbols.size()) {
            throw new UnreadableValue(
                    "found symbol " + index + " of an enum in field '" + label + "', expected one of " + symbols);
        }
        return symbols.get((int) index);
    }

    private Row[] array(AvroInput in, AvroType items, int position) throws UnreadableValue {
        List<Row> rows = new ArrayList<>();
        for (int count = in.items(labels[position]); count > 0; count = in.items(labels[position])) {
            for (int i = 0; i < count; i++) {
                rows.add(members[position] == null ? Row.of(value(in, items, position)) : members[position].record(in));
            }
        }
        return rows.toArray(Row[]::new);
    }
}
