package io.kafkaflink.job.format;

import io.kafkaflink.model.FieldType;
import java.util.Arrays;

/**
 * Walks over what Flink's serializers of rows and single values have written, without making anything of it: these make
 * room for whatever length they find, so that two broken bytes would cost gigabytes. The layout is that of
 * {@code RowSerializer}, {@code StringValue} and {@code BytePrimitiveArraySerializer} of Flink 1.20 to 2.2.
 */
final class FlinkBytes {
    /** The bits of a row's kind before those of its fields. */
    private static final int KIND_BITS = 2;

    private final byte[] bytes;
    private int at;

    private FlinkBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws UnreadableValue when it is not exactly one row of such fields, or with {@code single} one such value */
    static void require(byte[] bytes, FieldType[] types, boolean single) throws UnreadableValue {
        FlinkBytes walk = new FlinkBytes(bytes);
        if (single) {
            walk.value(types[0], "value");
        } else {
            walk.row(types);
        }
        if (walk.at != bytes.length) {
            throw new UnreadableValue("found " + (bytes.length - walk.at) + " bytes more, expected the end of "
                    + (single ? "a " + types[0] : "a row of " + Arrays.toString(types)) + " as Flink serializes it");
        }
    }

    private void row(FieldType[] types) throws UnreadableValue {
        int bits = at;
        skip((KIND_BITS + types.length + 7) / 8, "the mask of a row");
        if ((bytes[bits] & 0xc0) != 0) {
            throw new UnreadableValue("found a row of another kind, expected one of kind INSERT");
        }
        for (int i = 0; i < types.length; i++) {
            int bit = KIND_BITS + i;
            boolean isNull = (bytes[bits + bit / 8] & (0x80 >>> bit % 8)) != 0;
            if (!isNull) {
                value(types[i], "field " + (i + 1));
            }
        }
    }

    private void value(FieldType type, String where) throws UnreadableValue {
        switch (type) {
            case String -> text(where);
            case Long, Double -> skip(Long.BYTES, where);
            case Boolean -> skip(1, where);
            case Bytes -> array(where);
            case Array -> throw new IllegalArgumentException("an array is no single value");
        }
    }

    private void array(String where) throws UnreadableValue {
        int from = at;
        skip(Integer.BYTES, where);
        int length = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            length = length << 8 | bytes[from + i] & 0xff;
        }
        skip(length, where);
    }

    /** The length and one more, then the characters, each in as few groups of seven bits as it takes. */
    private void text(String where) throws UnreadableValue {
        long length = group(where, 5);
        if (length > bytes.length - at + 1L) {
            throw ended(where);
        }
        for (long i = 1; i < length; i++) {
            if (group(where, 3) > Character.MAX_VALUE) {
                throw new UnreadableValue(
                        "found no character in " + where + ", expected a text as Flink serializes it");
            }
        }
    }

    private long group(String where, int most) throws UnreadableValue {
        long number = 0;
        for (int i = 0; i < most; i++) {
            skip(1, where);
            int next = bytes[at - 1];
            number |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return number;
            }
        }
        throw new UnreadableValue(
                "found a number that does not end in " + where + ", expected a text as Flink serializes it");
    }

    private void skip(int count, String where) throws UnreadableValue {
        if (count < 0 || count > bytes.length - at) {
            throw ended(where);
        }
        at += count;
    }

    private UnreadableValue ended(String where) {
        return new UnreadableValue(
                "found the end of " + bytes.length + " bytes within " + where + ", expected what Flink serializes");
    }
}
