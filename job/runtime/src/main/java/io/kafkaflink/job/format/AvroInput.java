package io.kafkaflink.job.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Avro's binary encoding of single values. What a record says of lengths is held against what is there before anything is
 * allocated: damage must not take a TaskManager's memory.
 */
final class AvroInput {
    private static final int BITS_OF_A_BYTE = 7;
    private static final int LAST_SHIFT = 63;
    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;

    private final ByteBuffer bytes;

    AvroInput(byte[] value) {
        this.bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }

    int left() {
        return bytes.remaining();
    }

    /** A number of up to 64 bits: seven to a byte, the lowest first, zigzag. */
    long whole(String label) throws UnreadableValue {
        long number = 0;
        for (int shift = 0; shift <= LAST_SHIFT; shift += BITS_OF_A_BYTE) {
            require(1, label);
            byte next = bytes.get();
            if (shift == LAST_SHIFT && next != 0 && next != 1) {
                break;
            }
            number |= (long) (next & LOW) << shift;
            if ((next & MORE) == 0) {
                return number >>> 1 ^ -(number & 1);
            }
        }
        throw new UnreadableValue(
                "found a number beyond 64 bits in field '" + label + "', expected an Avro record of the schema");
    }

    /** A number of 32 bits. */
    int small(String label) throws UnreadableValue {
        long number = whole(label);
        if (number != (int) number) {
            throw new UnreadableValue("found a number beyond 32 bits in field '" + label + "', expected an int");
        }
        return (int) number;
    }

    boolean truth(String label) throws UnreadableValue {
        require(1, label);
        byte truth = bytes.get();
        if (truth != 0 && truth != 1) {
            throw new UnreadableValue(
                    "found byte " + (truth & 0xff) + " in field '" + label + "', expected 0 or 1 for a boolean");
        }
        return truth == 1;
    }

    double decimal(String label) throws UnreadableValue {
        require(Double.BYTES, label);
        return finite(bytes.getDouble(), label);
    }

    double shortDecimal(String label) throws UnreadableValue {
        require(Float.BYTES, label);
        return finite(bytes.getFloat(), label);
    }

    /** No other format can hold the rest. */
    private static double finite(double number, String label) throws UnreadableValue {
        if (!Double.isFinite(number)) {
            throw new UnreadableValue(
                    "found " + number + " in field '" + label + "', expected a finite number (Double)");
        }
        return number;
    }

    String text(String label) throws UnreadableValue {
        int length = length(label);
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return TextReader.text(text, " in field '" + label + "'");
    }

    byte[] block(String label) throws UnreadableValue {
        int length = length(label);
        int from = bytes.position();
        bytes.position(from + length);
        return Arrays.copyOfRange(bytes.array(), from, from + length);
    }

    /** The number of items that follow, none at the end of an array; each takes a byte at least. */
    int items(String label) throws UnreadableValue {
        long count = whole(label);
        if (count < 0) {
            // Then the size of the block in bytes follows, for readers that skip it.
            whole(label);
            count = -count;
        }
        return fitting(count, label);
    }

    private int length(String label) throws UnreadableValue {
        return fitting(whole(label), label);
    }

    /** Also of Long.MIN_VALUE, which has no positive counterpart. */
    private int fitting(long count, String label) throws UnreadableValue {
        if (count < 0 || count > bytes.remaining()) {
            throw new UnreadableValue("found length " + count + " in field '" + label + "' before the last "
                    + bytes.remaining() + " bytes, expected an Avro record of the schema");
        }
        return (int) count;
    }

    private void require(int length, String label) throws UnreadableValue {
        if (bytes.remaining() < length) {
            throw new UnreadableValue(
                    "found the end of the value in field '" + label + "', expected an Avro record of the schema");
        }
    }
}
