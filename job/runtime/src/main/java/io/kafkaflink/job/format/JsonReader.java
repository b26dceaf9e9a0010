package io.kafkaflink.job.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import io.kafkaflink.model.Field;
import io.kafkaflink.model.FieldType;
import io.kafkaflink.model.RecordSchema;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;

/**
 * A JSON object (RFC 8259), member by member straight into a row. Members that are not declared are skipped; declared
 * ones have their declared type or null and occur at most once; numbers that do not fit are refused, not rounded to
 * something else.
 */
public final class JsonReader implements RowReader {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int UNDECLARED = -1;

    private final String[] names;
    /** The names as messages say them: those of an array's members with the array before. */
    private final String[] labels;

    private final FieldType[] types;
    private final SerializedString[] encodedNames;
    private final JsonReader[] members;
    private final boolean[] objects;
    private transient Map<String, Integer> positions;
    private transient boolean[] seen;

    public JsonReader(RecordSchema schema) {
        this(schema, schema.names());
    }

    private JsonReader(RecordSchema schema, List<String> labels) {
        this.names = schema.names().toArray(String[]::new);
        this.labels = labels.toArray(String[]::new);
        this.encodedNames = Arrays.stream(names).map(SerializedString::new).toArray(SerializedString[]::new);
        this.types = schema.fields().stream().map(Field::type).toArray(FieldType[]::new);
        this.members = new JsonReader[types.length];
        this.objects = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            Field field = schema.fields().get(i);
            if (!field.type().single()) {
                objects[i] = field.items().fields() != null;
                String array = field.name() + "[]";
                members[i] = new JsonReader(
                        field.members(),
                        objects[i]
                                ? field.members().names().stream()
                                        .map(name -> array + "." + name)
                                        .toList()
                                : List.of(array));
            }
        }
    }

    @Override
    public Row read(byte[] value) throws UnreadableValue {
        try (JsonParser parser = FACTORY.createParser(value)) {
            return object(parser);
        } catch (JsonProcessingException e) {
            throw new UnreadableValue(
                    "found no valid JSON" + place(e) + ", expected a JSON object: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableValue("found no valid JSON, expected a JSON object: " + e.getMessage());
        }
    }

    /** Some limits, as on the length of numbers, are reported without a location. */
    private static String place(JsonProcessingException fault) {
        return fault.getLocation() == null
                ? ""
                : " at byte " + fault.getLocation().getByteOffset();
    }

    private void prepare() {
        if (positions == null) {
            positions = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                positions.put(names[i], i);
            }
            seen = new boolean[names.length];
        } else {
            Arrays.fill(seen, false);
        }
    }

    private Row object(JsonParser parser) throws IOException, UnreadableValue {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new UnreadableValue("found " + describe(first) + ", expected a JSON object");
        }
        Row row = fields(parser);
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new UnreadableValue("found more after the JSON object, expected one object");
        }
        return row;
    }

    /** From the start of an object to its end. */
    private Row fields(JsonParser parser) throws IOException, UnreadableValue {
        prepare();
        Row row = Row.withPositions(names.length);
        int position = nextMember(parser, 0);
        for (int expected = 0; parser.currentToken() == JsonToken.FIELD_NAME; position = nextMember(parser, expected)) {
            JsonToken token = parser.nextToken();
            if (position == UNDECLARED) {
                parser.skipChildren();
            } else {
                member(parser, token, position, row);
                expected = position + 1;
            }
        }
        return row;
    }

    /** Producers mostly keep the order of members: the one that is expected is recognized without decoding its name. */
    private int nextMember(JsonParser parser, int expected) throws IOException {
        if (expected == names.length) {
            parser.nextToken();
        } else if (parser.nextFieldName(encodedNames[expected])) {
            return expected;
        }
        return parser.currentToken() == JsonToken.FIELD_NAME
                ? positions.getOrDefault(parser.currentName(), UNDECLARED)
                : UNDECLARED;
    }

    private void member(JsonParser parser, JsonToken token, int position, Row row) throws IOException, UnreadableValue {
        if (seen[position]) {
            throw new UnreadableValue("found field '" + labels[position] + "' twice, expected each member once");
        }
        seen[position] = true;
        value(parser, token, position, row);
    }

    private void value(JsonParser parser, JsonToken token, int position, Row row) throws IOException, UnreadableValue {
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (types[position]) {
            case String -> row.setField(position, text(parser, token, position));
            case Long -> row.setField(position, whole(parser, token, position));
            case Double -> row.setField(position, decimal(parser, token, position));
            case Boolean -> row.setField(position, truth(token, position));
            case Bytes -> row.setField(position, bytes(parser, token, position));
            case Array -> row.setField(position, array(parser, token, position));
        }
    }

    private Row[] array(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.START_ARRAY) {
            throw mismatch(token, position, "an array (Array)");
        }
        List<Row> rows = new ArrayList<>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            rows.add(objects[position] ? object(parser, next, position) : single(parser, next, members[position]));
        }
        return rows.toArray(Row[]::new);
    }

    private Row object(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.START_OBJECT) {
            throw mismatch(token, position, "objects as members");
        }
        return members[position].fields(parser);
    }

    private static Row single(JsonParser parser, JsonToken token, JsonReader reader)
            throws IOException, UnreadableValue {
        Row row = Row.withPositions(1);
        reader.value(parser, token, 0, row);
        return row;
    }

    private String text(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(token, position, "a text (String)");
        }
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                requirePairs(text, position);
                break;
            }
        }
        return text;
    }

    /** JSON can spell half a character ({@code "\ud800"}), which no UTF-8 can hold: it would leave as another text. */
    private void requirePairs(String text, int position) throws UnreadableValue {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new UnreadableValue(
                    "found half a surrogate pair in field '" + labels[position] + "', expected Unicode text");
        }
    }

    private Long whole(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch(token, position, "a whole number (Long)");
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new UnreadableValue("found a number beyond 64 bits in field '" + labels[position]
                    + "', expected a whole number (Long)");
        }
        return parser.getLongValue();
    }

    private Double decimal(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
            throw mismatch(token, position, "a number (Double)");
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw new UnreadableValue("found a number beyond the range of a Double in field '" + labels[position]
                    + "', expected a number (Double)");
        }
        return number;
    }

    private Boolean truth(JsonToken token, int position) throws UnreadableValue {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw mismatch(token, position, "true or false (Boolean)");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private byte[] bytes(JsonParser parser, JsonToken token, int position) throws IOException, UnreadableValue {
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(token, position, "a text in base64 (Bytes)");
        }
        try {
            return Base64.getDecoder().decode(parser.getText());
        } catch (IllegalArgumentException e) {
            throw new UnreadableValue(
                    "found no base64 in field '" + labels[position] + "', expected a text in base64 (Bytes)");
        }
    }

    private UnreadableValue mismatch(JsonToken token, int position, String expected) {
        return new UnreadableValue(
                "found " + describe(token) + " in field '" + labels[position] + "', expected " + expected);
    }

    private static String describe(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a number with fraction or exponent";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }
}
