package io.kafkaflink.job.format;

import io.kafkaflink.model.AvroType;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import org.apache.flink.types.Row;

/** A row as one Avro record in binary form; each field of the schema is the row's field of that name. */
public final class AvroWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final long MICROS = 1_000;
    private static final long NANOS = 1_000_000;

    private final AvroType[] types;
    private final String[] labels;
    private final int[] positions;
    private final AvroWriter[] members;
    private transient AvroOutput output;

    /** @param type a record whose fields are all in the schema, with fitting types */
    public AvroWriter(AvroType type, RecordSchema schema) {
        this(type, schema, "");
    }

    private AvroWriter(AvroType type, RecordSchema schema, String array) {
        int size = type.members().size();
        this.types = new AvroType[size];
        this.labels = new String[size];
        this.positions = new int[size];
        this.members = new AvroWriter[size];
        for (int i = 0; i < size; i++) {
            String name = type.members().get(i).name();
            types[i] = type.members().get(i).type();
            labels[i] = array + name;
            positions[i] = schema.indexOf(name);
            AvroType items = types[i].items();
            members[i] = items != null && items.kind() == AvroType.Kind.Record
                    ? new AvroWriter(items, schema.get(name).members(), labels[i] + "[].")
                    : null;
        }
    }

    /** @throws IllegalArgumentException at a value that the schema cannot hold: no other may stand in its place */
    @Override
    public byte[] write(Row row) {
        if (output == null) {
            output = new AvroOutput();
        }
        output.take();
        record(output, row);
        return output.take();
    }

    private void record(AvroOutput out, Row row) {
        for (int i = 0; i < types.length; i++) {
            value(out, types[i], i, row.getField(positions[i]));
        }
    }

    private void value(AvroOutput out, AvroType type, int position, Object value) {
        if (type.nullable()) {
            out.whole((value == null) == (type.nulls() == AvroType.Nulls.First) ? 0 : 1);
            if (value == null) {
                return;
            }
        } else if (value == null) {
            throw unwritable("null", position, "a value; let the schema allow null, or leave such records out");
        }
        switch (type.kind()) {
            case Boolean -> out.truth((Boolean) value);
            case Int -> out.whole(small((Long) value, position));
            case Long -> out.whole((Long) value);
            case Micros -> out.whole(scaled((Long) value, MICROS, position));
            case Nanos -> out.whole(scaled((Long) value, NANOS, position));
            case Float -> out.shortDecimal(narrow((Double) value, position));
            case Double -> out.decimal((Double) value);
            case String -> out.text((String) value);
            case Bytes -> out.block((byte[]) value);
            case Enumeration -> out.whole(symbol(type, (String) value, position));
            case Array -> array(out, type.items(), position, (Object[]) value);
            case Record -> members[position].record(out, (Row) value);
        }
    }

    private void array(AvroOutput out, AvroType items, int position, Object[] rows) {
        if (rows.length > 0) {
            out.whole(rows.length);
            for (Object row : rows) {
                value(out, items, position, members[position] == null ? ((Row) row).getField(0) : row);
            }
        }
        out.whole(0);
    }

    private long small(long number, int position) {
        if (number != (int) number) {
            throw unwritable(String.valueOf(number), position, "an int of 32 bits; let the schema have a long");
        }
        return number;
    }

    private long scaled(long millis, long factor, int position) {
        try {
            return Math.multiplyExact(millis, factor);
        } catch (ArithmeticException e) {
            throw unwritable(millis + " ms", position, "a time that fits; let the schema have timestamp-millis");
        }
    }

    private float narrow(double number, int position) {
        float narrow = (float) number;
        if (Float.isInfinite(narrow) && Double.isFinite(number)) {
            throw unwritable(String.valueOf(number), position, "a float; let the schema have a double");
        }
        return narrow;
    }

    private int symbol(AvroType type, String symbol, int position) {
        int index = type.symbols().indexOf(symbol);
        if (index < 0) {
            throw unwritable(
                    "a text that is no symbol",
                    position,
                    "one of " + type.symbols() + "; let the schema have a string");
        }
        return index;
    }

    private IllegalArgumentException unwritable(String found, int position, String expected) {
        return new IllegalArgumentException("A record cannot be written as Avro: found " + found + " in field '"
                + labels[position] + "', expected " + expected);
    }
}
