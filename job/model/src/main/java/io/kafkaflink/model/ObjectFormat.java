package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values that a class of the user's makes objects of, or of objects. It implements an interface of Kafka's clients. */
public final class ObjectFormat {
    private ObjectFormat() {}

    /**
     * A {@code org.apache.kafka.common.serialization.Deserializer}. With {@code type} its objects are single values, one
     * field named value; with {@code fields} they are maps.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "has(self.type) != has(self.fields) && (!has(self.type) || self.type != 'Array')",
            message = "set exactly one of type, of objects that are single values, and fields, of maps")
    public record Reader(
            @Required
            @Size(max = 200)
            @Pattern(FunctionStep.CLASS)
            @JsonPropertyDescription("A class in the image that implements Kafka's Deserializer.")
            String deserializerClass,

            @Size(max = 50) @JsonPropertyDescription("Given to its configure method. No secrets.")
            Map<String, String> properties,

            @JsonPropertyDescription("What its objects are, for one field named value.")
            FieldType type,

            @Size(min = 1, max = 100)
            @JsonPropertyDescription("Fields taken from its objects, which are maps; absent ones are null.")
            List<Field.Member> fields)
            implements Serializable {
        public Reader {
            properties = sorted(properties);
            fields = fields == null ? null : List.copyOf(fields);
        }

        /** The fields of the rows. */
        RecordSchema schema() {
            return new RecordSchema(
                    fields == null ? List.of(new Field(RecordSchema.VALUE, type)) : DeclaredMembers.of(fields));
        }
    }

    /**
     * A {@code org.apache.kafka.common.serialization.Serializer}. With {@code field} it gets the value of that field, else
     * a map of all fields.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Writer(
            @Required
            @Size(max = 200)
            @Pattern(FunctionStep.CLASS)
            @JsonPropertyDescription("A class in the image that implements Kafka's Serializer.")
            String serializerClass,

            @Size(max = 50) @JsonPropertyDescription("Given to its configure method. No secrets.")
            Map<String, String> properties,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The field whose value it is given; absent: a map of all fields.")
            String field)
            implements Serializable {
        public Writer {
            properties = sorted(properties);
        }
    }

    private static Map<String, String> sorted(Map<String, String> properties) {
        return properties == null ? null : Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }
}
