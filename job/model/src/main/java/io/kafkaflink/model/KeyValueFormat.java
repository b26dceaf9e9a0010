package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** Keys and values as JSON objects. A source says what it reads, a sink which fields are the key. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.keyNames) != (has(self.keyFields) || has(self.fields) || has(self.metadata))",
        message = "set keyFields, fields and metadata in a source, of which one is enough, and keyNames only in a sink")
public record KeyValueFormat(
        @Size(min = 1, max = 100) @JsonPropertyDescription("Fields read from keys; null in a record without key.")
        List<Field.Member> keyFields,

        @Size(min = 1, max = 100) @JsonPropertyDescription("Fields read from values; null in a record without value.")
        List<Field.Member> fields,

        @JsonPropertyDescription("Names of fields for what else there is of a record.")
        Metadata metadata,

        @Size(min = 1, max = 20) @JsonPropertyDescription("In a sink: the fields of the key; the value has all others.")
        List<@Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) String> keyNames) {
    public KeyValueFormat {
        keyFields = keyFields == null ? null : List.copyOf(keyFields);
        fields = fields == null ? null : List.copyOf(fields);
        keyNames = keyNames == null ? null : List.copyOf(keyNames);
    }

    /** What a source reads from the key, in order. */
    public RecordSchema key() {
        return new RecordSchema(keyFields == null ? List.of() : DeclaredMembers.of(keyFields));
    }

    /** What a source reads from the value. */
    public RecordSchema value() {
        return new RecordSchema(fields == null ? List.of() : DeclaredMembers.of(fields));
    }

    /** What a source reads of a record besides key and value. */
    public RecordSchema aside() {
        return new RecordSchema(metadata == null ? List.of() : metadata.fields());
    }

    /** All that a source reads. */
    RecordSchema schema() {
        List<Field> all = new ArrayList<>(key().fields());
        all.addAll(value().fields());
        all.addAll(aside().fields());
        return new RecordSchema(all);
    }

    /** Names of fields; what has none is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Metadata(
            @Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) @JsonPropertyDescription("Of type String.")
            String topic,

            @Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) @JsonPropertyDescription("Of type Long.")
            String partition,

            @Size(max = Field.MAX_LENGTH) @Pattern(Field.NAME) @JsonPropertyDescription("Of type Long.")
            String offset,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("Of type Long: epoch milliseconds.")
            String timestamp) {
        /** In the order of the components. */
        List<Field> fields() {
            List<Field> fields = new ArrayList<>();
            add(fields, topic, FieldType.String);
            add(fields, partition, FieldType.Long);
            add(fields, offset, FieldType.Long);
            add(fields, timestamp, FieldType.Long);
            return fields;
        }

        private static void add(List<Field> fields, String name, FieldType type) {
            if (name != null) {
                fields.add(new Field(name, type));
            }
        }
    }
}
