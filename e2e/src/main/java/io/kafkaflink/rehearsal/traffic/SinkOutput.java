package io.kafkaflink.rehearsal.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Shape.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps everything that a sink has committed to its topic. */
public final class SinkOutput implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Format format;
    private final Optional<Shape.Routing> routing;
    private final List<Row> rows = new ArrayList<>();
    private final CommittedReader reader;

    /** Starts to read one topic. */
    public SinkOutput(String bootstrapServers, String topic, Format format) {
        this(bootstrapServers, List.of(topic), format, Optional.empty());
    }

    /** Starts to read all topics of a sink. */
    public SinkOutput(String bootstrapServers, Shape.Sink sink) {
        this(bootstrapServers, sink.topics().stream().map(Shape.Topic::name).toList(), sink.format(), sink.routing());
    }

    private SinkOutput(String bootstrapServers, List<String> topics, Format format, Optional<Shape.Routing> routing) {
        this.format = format;
        this.routing = routing;
        this.reader = new CommittedReader(bootstrapServers, topics, this::receive);
    }

    private synchronized void receive(ConsumerRecord<String, String> record) {
        rows.add(row(record));
    }

    /** A record in another topic than its field says is kept with that topic, so that it counts as unexplained. */
    private Row row(ConsumerRecord<String, String> record) {
        if (record.value() == null) {
            return Row.ofTombstone(record.key());
        }
        if (format instanceof Format.Text) {
            return Row.ofText(record.value());
        }
        Row row = json(record.value());
        boolean astray = routing.isPresent()
                && !routing.get().topicOf(row.get(routing.get().field())).equals(record.topic());
        return astray ? row.with("in topic", record.topic()) : row;
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
