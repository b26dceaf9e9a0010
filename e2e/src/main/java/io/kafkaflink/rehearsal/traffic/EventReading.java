package io.kafkaflink.rehearsal.traffic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.check.Row;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.Shape.Format;
import io.kafkaflink.rehearsal.pipeline.Shape.KafkaInput;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pipeline reads the events of a file.
 *
 * @param shape with a Kafka source
 */
public record EventReading(Shape shape) {
    private static final String USUAL_TIME_FIELD = "timestamp";

    /**
     * All events as if they were in one partition.
     *
     * @throws BadInputException when one lacks the event time that the pipeline reads
     */
    public List<InputRecord> all(InputFile input) {
        List<InputRecord> records = new ArrayList<>();
        for (ObjectNode event : input.events()) {
            shape.eventTimeField()
                    .filter(field -> !event.path(field).isIntegralNumber())
                    .ifPresent(field -> {
                        throw new BadInputException("input " + input.name() + ": event " + (records.size() + 1)
                                + " has no field " + field + " with epoch milliseconds, which spec.eventTime.field"
                                + " names: " + event);
                    });
            records.add(InputRecord.of(0, time(event), row(event)));
        }
        return InputRecord.inOrder(records);
    }

    /** The first text field of a record stands for who sent it. */
    String key(ObjectNode event) {
        if (format() instanceof Format.Json json) {
            return json.fields().entrySet().stream()
                    .filter(field -> "String".equals(field.getValue()))
                    .map(field -> event.path(field.getKey()).asText())
                    .findFirst()
                    .orElseGet(event::toString);
        }
        return event.toString();
    }

    /** Event time in epoch milliseconds: the field the pipeline names, else the usual one, else now. */
    long time(ObjectNode event) {
        String field = shape.eventTimeField().orElse(USUAL_TIME_FIELD);
        return event.path(field).isIntegralNumber() ? event.path(field).asLong() : System.currentTimeMillis();
    }

    /** The record that the pipeline sees. */
    Row row(ObjectNode event) {
        return format() instanceof Format.Json json ? Row.ofJson(event, json.fields()) : Row.ofText(event.toString());
    }

    private Format format() {
        return ((KafkaInput) shape.source()).format();
    }
}
