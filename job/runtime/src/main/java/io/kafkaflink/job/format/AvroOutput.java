package io.kafkaflink.job.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Avro's binary encoding of single values, the counterpart of {@link AvroInput}. */
final class AvroOutput {
    private static final int BITS_OF_A_BYTE = 7;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    void whole(long number) {
        long rest = number << 1 ^ number >> Long.SIZE - 1;
        while ((rest & -MORE) != 0) {
            bytes.write((int) (rest & ~MORE | MORE));
            rest >>>= BITS_OF_A_BYTE;
        }
        bytes.write((int) rest);
    }

    void truth(boolean truth) {
        bytes.write(truth ? 1 : 0);
    }

    void decimal(double number) {
        fixed(Double.doubleToLongBits(number), Double.BYTES);
    }

    void shortDecimal(float number) {
        fixed(Float.floatToIntBits(number), Float.BYTES);
    }

    private void fixed(long bits, int length) {
        for (int i = 0; i < length; i++) {
            bytes.write((int) (bits >>> i * Byte.SIZE));
        }
    }

    void text(String text) {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    void block(byte[] block) {
        whole(block.length);
        bytes.write(block, 0, block.length);
    }

    /** What was written since the last call. */
    byte[] take() {
        byte[] taken = bytes.toByteArray();
        bytes.reset();
        return taken;
    }
}
