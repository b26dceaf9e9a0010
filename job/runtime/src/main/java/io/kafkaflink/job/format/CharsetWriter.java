package io.kafkaflink.job.format;

import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Arrays;
import org.apache.flink.types.Row;

/** The text of one field in a charset other than UTF-8; a null field makes a record without value. */
public final class CharsetWriter implements RowWriter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int index;
    private final String charset;
    private transient CharsetEncoder encoder;

    public CharsetWriter(RecordSchema schema, String charset) {
        this.index = schema.indexOf(schema.textField().orElseThrow().name());
        this.charset = charset;
    }

    /** @throws IllegalArgumentException at a character that the charset does not have: no other may stand in its place */
    @Override
    public byte[] write(Row row) {
        Object value = row.getField(index);
        if (value == null) {
            return null;
        }
        if (encoder == null) {
            encoder = Charset.forName(charset).newEncoder();
        }
        try {
            ByteBuffer bytes = encoder.encode(CharBuffer.wrap(value.toString()));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "A record cannot be written: found a character that " + charset
                            + " does not have, expected text in it; leave out the sink's format.string.charset to write UTF-8",
                    e);
        }
    }
}
