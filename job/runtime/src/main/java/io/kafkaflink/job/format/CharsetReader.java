package io.kafkaflink.job.format;

import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import org.apache.flink.types.Row;

/** Text in a charset other than UTF-8 as the only field of a row. */
public final class CharsetReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String charset;
    private transient CharsetDecoder decoder;

    public CharsetReader(String charset) {
        this.charset = charset;
    }

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        if (decoder == null) {
            decoder = Charset.forName(charset).newDecoder();
        }
        try {
            Row row = Row.withPositions(1);
            row.setField(0, decoder.decode(ByteBuffer.wrap(value)).toString());
            return row;
        } catch (CharacterCodingException e) {
            throw new UnreadableValue("found bytes that are not " + charset + ", expected text in " + charset);
        }
    }
}
