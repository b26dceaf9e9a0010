package io.kafkaflink.job.kafka;

import io.kafkaflink.job.format.RowWriter;
import io.kafkaflink.job.format.TextWriter;
import io.kafkaflink.model.Header;
import io.kafkaflink.model.RecordSchema;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.types.Row;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The headers of a record, in the order in which they are declared. A header of a field that is null is left out: readers
 * take a header for a text, and few of them for none.
 */
final class HeaderWriter implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final byte[][] texts;
    private final RowWriter[] fields;

    HeaderWriter(List<Header> headers, RecordSchema schema) {
        this.names = headers.stream().map(Header::name).toArray(String[]::new);
        this.texts = headers.stream()
                .map(header -> header.value() == null ? null : header.value().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.fields = headers.stream()
                .map(header -> header.field() == null ? null : new TextWriter(schema, header.field()))
                .toArray(RowWriter[]::new);
    }

    /** A list of its own for each record, to which the producer's interceptors may add. */
    List<org.apache.kafka.common.header.Header> of(Row row) {
        List<org.apache.kafka.common.header.Header> headers = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            byte[] text = texts[i] == null ? fields[i].write(row) : texts[i];
            if (text != null) {
                headers.add(new RecordHeader(names[i], text));
            }
        }
        return headers;
    }
}
