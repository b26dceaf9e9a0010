package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** How record values are read from or written to a topic: exactly one member is set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "[has(self.string), has(self.json)].filter(x, x).size() == 1",
        message = "set exactly one format: string or json")
public record Format(
        @JsonPropertyDescription("UTF-8 text; read as one field named value, written from the record's only field.")
        Text string,

        @JsonPropertyDescription("JSON objects, read into and written from declared, typed fields.")
        Json json) {

    /** Kinds of formats, for exhaustive switches. */
    public enum Kind {
        Text,
        Json
    }

    /** Which member is set; more or fewer than one are ruled out by the schema and by validation. */
    public Kind kind() {
        return string != null ? Kind.Text : Kind.Json;
    }

    /** Plain text in UTF-8. */
    public record Text() {}

    /** JSON objects. A source declares the fields it reads; a sink writes all fields of the record and declares none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Json(
            @Size(max = 100)
            @JsonPropertyDescription("Fields read from each object, required in a source and absent in a sink."
                    + " Members of the object that are not listed are ignored; a listed one that is absent is null.")
            List<Field> fields) {
        public Json {
            fields = fields == null ? null : List.copyOf(fields);
        }
    }
}
