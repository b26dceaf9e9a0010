package io.kafkaflink.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Makes a new record of some fields of the old one, under their own or another name, and of fixed values. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Projection(
        @Required
        @Size(min = 1, max = 100)
        @JsonPropertyDescription("The fields of the new record, in order. Fields that are not listed are left out.")
        List<Output> fields) {

    public Projection {
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** One field of the new record. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @ValidationRule(
            value = "!has(self.from) || !has(self.literal)",
            message = "a field has its value from another field or a literal, not both; remove one")
    public record Output(
            @Required
            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("Name of the field in the new record.")
            String name,

            @Size(max = Field.MAX_LENGTH)
            @Pattern(Field.NAME)
            @JsonPropertyDescription("The field whose value it takes; default: the one of the same name.")
            String from,

            @JsonPropertyDescription("The value it has in every record, in place of a field's.")
            Literal literal) {

        /** The field whose value is taken, where it is no literal. */
        public String taken() {
            return from == null ? name : from;
        }
    }

    /** One value, written as text. */
    public record Literal(
            @Default("String") @JsonPropertyDescription("Type of the field: String, Long (64 bit), Double or Boolean.")
            FieldType type,

            @Required
            @Size(max = 1000)
            @JsonPropertyDescription("The value as text, as in \"web\", \"200\", \"0.5\" or \"true\".")
            String value) {
        private static final String WHOLE = "-?[0-9]{1,19}";
        private static final String DECIMAL = "-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

        public Literal {
            type = type == null ? FieldType.String : type;
        }

        /**
         * The value as String, Long, Double or Boolean.
         *
         * @throws IllegalArgumentException when the text is none of its type
         */
        public Object read() {
            return switch (type) {
                case String -> value;
                case Long -> Long.valueOf(shaped(WHOLE));
                case Double -> finite(Double.parseDouble(shaped(DECIMAL)));
                case Boolean -> Boolean.valueOf(shaped("true|false"));
                case Bytes, Array -> throw new IllegalArgumentException("there is no literal of type " + type);
            };
        }

        private String shaped(String regex) {
            if (!value.matches(regex)) {
                throw new IllegalArgumentException("'" + value + "' is no " + type);
            }
            return value;
        }

        private static Double finite(double number) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(number + " is beyond the range of a Double");
            }
            return number;
        }
    }
}
