package io.kafkaflink.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Row;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record that could not be read, on its way to the sink for such records: a row of its value, its key and its headers, to
 * which those below are added. Whoever reads a header takes the last one of its name: a dead letter of a dead letter has
 * several.
 */
public final class DeadLetter {
    /** What was found and expected. */
    public static final String ERROR = "kafkaflink.error";

    /** Where the record was read. */
    public static final String TOPIC = "kafkaflink.topic";

    public static final String PARTITION = "kafkaflink.partition";
    public static final String OFFSET = "kafkaflink.offset";

    /** Its timestamp there, in epoch milliseconds. */
    public static final String TIMESTAMP = "kafkaflink.timestamp";

    static final TypeInformation<Row> TYPE = Types.ROW(
            Types.PRIMITIVE_ARRAY(Types.BYTE),
            Types.PRIMITIVE_ARRAY(Types.BYTE),
            Types.OBJECT_ARRAY(Types.STRING),
            Types.OBJECT_ARRAY(Types.PRIMITIVE_ARRAY(Types.BYTE)));

    private static final int LONGEST_ERROR = 500;

    private DeadLetter() {}

    static Row of(ConsumerRecord<byte[], byte[]> record, String reason) {
        List<String> names = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (Header header : record.headers()) {
            names.add(header.key());
            values.add(header.value());
        }
        names.addAll(List.of(ERROR, TOPIC, PARTITION, OFFSET, TIMESTAMP));
        values.add(bytes(reason.length() <= LONGEST_ERROR ? reason : reason.substring(0, LONGEST_ERROR) + "…"));
        values.add(bytes(record.topic()));
        values.add(bytes(String.valueOf(record.partition())));
        values.add(bytes(String.valueOf(record.offset())));
        values.add(bytes(String.valueOf(record.timestamp())));
        return Row.of(record.value(), record.key(), names.toArray(String[]::new), values.toArray(byte[][]::new));
    }

    /**
     * The record to write. Its timestamp is left to Kafka: with that of a record read long after it was written, retention
     * would delete the letter before anybody has seen it.
     */
    static ProducerRecord<byte[], byte[]> record(String topic, Row letter) {
        String[] names = (String[]) letter.getField(2);
        byte[][] values = (byte[][]) letter.getField(3);
        List<Header> headers = new ArrayList<>(names.length);
        for (int i = 0; i < names.length; i++) {
            headers.add(new RecordHeader(names[i], values[i]));
        }
        return new ProducerRecord<>(
                topic, null, null, (byte[]) letter.getField(1), (byte[]) letter.getField(0), headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
