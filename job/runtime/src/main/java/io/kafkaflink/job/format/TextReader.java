package io.kafkaflink.job.format;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.types.Row;

/** UTF-8 text as the only field of a row. */
public final class TextReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        Row row = Row.withPositions(1);
        row.setField(0, text(ByteBuffer.wrap(value), ""));
        return row;
    }

    /**
     * The text of the buffer's bytes, which has an array.
     *
     * @param where behind "found bytes that are not UTF-8": nothing, or in which field
     */
    static String text(ByteBuffer bytes, String where) throws UnreadableValue {
        String text = new String(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
        // Decoding never fails but puts U+FFFD for broken bytes; only such texts are looked at twice.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(bytes, where);
        }
        return text;
    }

    private static void requireUtf8(ByteBuffer bytes, String where) throws UnreadableValue {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException e) {
            throw new UnreadableValue("found bytes that are not UTF-8" + where + ", expected text in UTF-8");
        }
    }
}
