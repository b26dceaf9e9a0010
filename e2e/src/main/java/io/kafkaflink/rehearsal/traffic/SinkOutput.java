package io.kafkaflink.rehearsal.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.pipeline.Shape.Format;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps everything that a sink has committed to its topic. */
public final class SinkOutput implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Format format;
    private final List<Row> rows = new ArrayList<>();
    private final CommittedReader reader;

    /** Starts to read. */
    public SinkOutput(String bootstrapServers, String topic, Format format) {
        this.format = format;
        this.reader = new CommittedReader(bootstrapServers, topic, this::receive);
    }

    private synchronized void receive(ConsumerRecord<String, String> record) {
        rows.add(format instanceof Format.Json ? json(record.value()) : Row.ofText(record.value()));
    }

    /** A value that is no JSON object is kept as text, so that it counts as unexplained. */
    static Row json(String value) {
        try {
            JsonNode node = JSON.readTree(value);
            return node instanceof ObjectNode object ? Row.ofJson(object) : Row.ofText(value);
        } catch (JsonProcessingException malformed) {
            return Row.ofText(value);
        }
    }

    /** Everything read so far. */
    public synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Number of records read so far. */
    public long progress() {
        return reader.progress();
    }

    /** Whether nothing committed is left to read. */
    public boolean atEnd() {
        return reader.atEnd();
    }

    @Override
    public void close() {
        reader.close();
    }
}
