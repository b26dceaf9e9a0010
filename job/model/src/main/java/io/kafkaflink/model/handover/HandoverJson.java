package io.kafkaflink.model.handover;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Documents of a handover as JSON of at most {@value #LARGEST} bytes. Reading trusts nobody: what is too large, malformed
 * or incomplete becomes a value that says so; control characters become blanks, so that a text can stand in a status or a
 * log. Unknown members are ignored, missing ones take their defaults, unknown words of an enumeration count as missing.
 */
public final class HandoverJson {
    public static final int LARGEST = 4096;

    static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int LONGEST_EXCERPT = 80;
    /** Controls, line and paragraph separators, and what turns the direction of writing around. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private static final JsonMapper MAPPER = mapper();

    private HandoverJson() {}

    /** @param json null when the key is missing */
    public static <T extends HandoverDocument> Reading<T> read(String json, Class<T> type) {
        if (json == null) {
            return new Reading.Absent<>();
        }
        int size = size(json);
        if (size > LARGEST) {
            return new Reading.Unreadable<>("found " + size + " bytes, expected at most " + LARGEST);
        }
        try {
            T document = MAPPER.readValue(json, type);
            if (document == null) {
                return new Reading.Unreadable<>("found null, expected a JSON object");
            }
            return document.fault()
                    .<Reading<T>>map(Reading.Unreadable::new)
                    .orElseGet(() -> new Reading.Found<>(document));
        } catch (JsonProcessingException e) {
            return new Reading.Unreadable<>(describe(e));
        }
    }

    /**
     * The document in one line.
     *
     * @throws IllegalArgumentException when it is larger than {@value #LARGEST} bytes; reports are shortened before
     */
    public static String write(HandoverDocument document) {
        ObjectNode tree = MAPPER.valueToTree(document);
        String json =
                text(document instanceof HandoverDocument.Report ? new ShortenedReport(tree).within(LARGEST) : tree);
        if (size(json) > LARGEST) {
            throw new IllegalArgumentException(document.getClass().getSimpleName() + " has " + size(json)
                    + " bytes of JSON, at most " + LARGEST + " can be handed over");
        }
        return json;
    }

    static String text(ObjectNode tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int size(String json) {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    static String excerpt(String text) {
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }

    /** Nulls, in the list or instead of it, are left out. */
    static <T> List<T> list(List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** Sorted, without nulls. */
    static <V> Map<String, V> map(Map<String, V> map) {
        Map<String, V> sorted = map == null ? new TreeMap<>() : new TreeMap<>(map);
        sorted.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(sorted);
    }

    private static String describe(JsonProcessingException fault) {
        String path = fault instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String reason = fault instanceof ValueInstantiationException
                ? "found a value that cannot be used"
                : "cannot be read as JSON: " + fault.getOriginalMessage();
        return excerpt(printable(path.isEmpty() ? reason : path + ": " + reason));
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ");
    }

    private static JsonMapper mapper() {
        SimpleModule texts = new SimpleModule()
                .addDeserializer(String.class, new PrintableText())
                .addDeserializer(Instant.class, new IsoTime())
                .addSerializer(Instant.class, ToStringSerializer.instance);
        return JsonMapper.builder()
                .addModule(texts)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    private static final class PrintableText extends StdScalarDeserializer<String> {
        @Serial
        private static final long serialVersionUID = 1L;

        PrintableText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isStructStart() || !parser.currentToken().isScalarValue()) {
                return (String) context.handleUnexpectedToken(String.class, parser);
            }
            return printable(parser.getText());
        }
    }

    /** A time that cannot be read is no reason to distrust the rest. */
    private static final class IsoTime extends StdScalarDeserializer<Instant> {
        @Serial
        private static final long serialVersionUID = 1L;

        IsoTime() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Instant.parse(parser.getText());
            } catch (DateTimeException e) {
                return null;
            }
        }
    }
}
