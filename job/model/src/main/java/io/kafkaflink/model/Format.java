package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;

/** How record values are read from or written to a topic: exactly one member is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.string), has(self.json), has(self.raw), has(self.deserializer), has(self.serializer),"
                + " has(self.jsonKeyValue), has(self.typeInformation), has(self.avro)]"
                + ".filter(x, x).size() == 1",
        message =
                "set exactly one format: string, json, raw, avro, jsonKeyValue, typeInformation, deserializer (in a source) or"
                        + " serializer (in a"
                        + " sink)")
public record Format(
        @JsonPropertyDescription("Text, as one field named value.")
        Text string,

        @JsonPropertyDescription("JSON objects with typed fields.")
        Json json,

        @JsonPropertyDescription("Bytes, as one field named value.")
        Raw raw,

        @JsonPropertyDescription("In a source: by a Deserializer of Kafka's in the image.")
        ObjectFormat.Reader deserializer,

        @JsonPropertyDescription("In a sink: by a Serializer of Kafka's in the image.")
        ObjectFormat.Writer serializer,

        @JsonPropertyDescription("Keys and values that are JSON objects, with what else there is of a record.")
        KeyValueFormat jsonKeyValue,

        @JsonPropertyDescription("As Flink serializes rows or single values.")
        TypedFormat typeInformation,

        @JsonPropertyDescription("Avro records in binary form, without a schema registry.")
        Avro avro) {
    /** The members that a source can have, as messages name them. */
    static final String READ = "string, json, raw, avro, jsonKeyValue, typeInformation, deserializer";

    /** The members that a sink can have. */
    static final String WRITTEN = "string, json, raw, avro, jsonKeyValue, typeInformation, serializer";

    /** Kinds of formats, for exhaustive switches. */
    public enum Kind {
        Text,
        Json,
        Raw,
        Deserializer,
        Serializer,
        JsonKeyValue,
        TypeInformation,
        Avro
    }

    /** Text, JSON or bytes. */
    public Format(Text string, Json json, Raw raw) {
        this(string, json, raw, null, null, null, null, null);
    }

    public Format(Avro avro) {
        this(null, null, null, null, null, null, null, avro);
    }

    public Format(KeyValueFormat jsonKeyValue) {
        this(null, null, null, null, null, jsonKeyValue, null, null);
    }

    public Format(TypedFormat typeInformation) {
        this(null, null, null, null, null, null, typeInformation, null);
    }

    /** By classes: one of both in a source, the other in a sink. */
    public Format(ObjectFormat.Reader deserializer, ObjectFormat.Writer serializer) {
        this(null, null, null, deserializer, serializer, null, null, null);
    }

    /** Text or JSON. */
    public Format(Text string, Json json) {
        this(string, json, (Raw) null);
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        if (string != null) {
            return Kind.Text;
        }
        if (json != null) {
            return Kind.Json;
        }
        if (avro != null) {
            return Kind.Avro;
        }
        if (deserializer != null) {
            return Kind.Deserializer;
        }
        if (serializer != null) {
            return Kind.Serializer;
        }
        if (jsonKeyValue != null) {
            return Kind.JsonKeyValue;
        }
        return typeInformation != null ? Kind.TypeInformation : Kind.Raw;
    }

    /** True when exactly one member is set. */
    boolean single(String path, String members, Violations found) {
        return found.exactlyOne(
                path, members, string, json, raw, deserializer, serializer, jsonKeyValue, typeInformation, avro);
    }

    /** Plain text. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Text(
            @Size(max = 40) @JsonPropertyDescription("Default: UTF-8.")
            String charset) {
        /** In UTF-8. */
        public static final Text UTF_8 = new Text(null);

        /** Whether Java knows the charset. */
        boolean known() {
            try {
                return charset == null || Charset.isSupported(charset);
            } catch (IllegalCharsetNameException e) {
                return false;
            }
        }
    }

    /** Avro's binary encoding of records, one to a value, with nothing in front of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Avro(
            @Size(min = 1, max = 20_000)
            @JsonPropertyDescription(
                    "Avro schema of the records, as JSON. Needed in a source; a sink without it makes one of its fields.")
            String schema) {}

    /** Bytes, read and written as they are. */
    public record Raw() {}

    /** JSON objects. A source declares the fields it reads; a sink writes all fields of the record and declares none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Json(
            @Size(max = 100)
            @JsonPropertyDescription("Fields read from each object; others are ignored, absent ones are null.")
            List<Field> fields) {
        public Json {
            fields = fields == null ? null : List.copyOf(fields);
        }
    }
}
