package io.kafkaflink.job.kafka;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that cannot be read; the message names topic, partition and offset, the cause and the start of the value. */
public final class PoisonRecord extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int EXCERPT_BYTES = 100;

    private final String reason;

    PoisonRecord(ConsumerRecord<byte[], byte[]> record, String reason) {
        super("Record at topic " + record.topic() + ", partition " + record.partition() + ", offset " + record.offset()
                + " cannot be read: " + reason + ". " + shown(record.value())
                + ". Correct the producer or the declared format; the pipeline waits at"
                + " this record.");
        this.reason = reason;
    }

    private static String shown(byte[] value) {
        return value == null ? "It has no value" : "Value of " + value.length + " bytes: " + excerpt(value);
    }

    /** What was found and expected. */
    String reason() {
        return reason;
    }

    /** It says where the record is; where the job reads it is always the same, and to find out costs more than to read it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** At most 100 bytes; what is not printable ASCII or a letter stands as an escape, so that a log stays one line. */
    public static String excerpt(byte[] value) {
        int length = Math.min(value.length, EXCERPT_BYTES);
        StringBuilder excerpt = new StringBuilder("\"");
        new String(value, 0, length, StandardCharsets.UTF_8).codePoints().forEach(point -> {
            if (point >= ' ' && point < 0x7f || Character.isLetterOrDigit(point)) {
                excerpt.appendCodePoint(point);
            } else {
                String digits = Integer.toHexString(point);
                excerpt.append("\\u")
                        .append("0".repeat(Math.max(0, 4 - digits.length())))
                        .append(digits);
            }
        });
        return excerpt.append(value.length > length ? "\"…" : "\"").toString();
    }
}
