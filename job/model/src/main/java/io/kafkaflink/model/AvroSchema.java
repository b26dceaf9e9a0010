package io.kafkaflink.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Avro schemas from JSON. The operator needs the fields and the job the encoding, so that it is read here, without
 * Avro's library: the job would meet another copy of it in the user's image.
 */
public final class AvroSchema {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MOST_FIELDS = 100;
    private static final int MOST_MEMBERS = 50;
    private static final String FULL_NAME = "^[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*$";
    private static final String SINGLES = "boolean, int, long, float, double, string, bytes or an enum";

    /** Enumerations and records by full name, null before their end: each is declared once and may be named again. */
    private final Map<String, AvroType> named = new HashMap<>();

    private AvroSchema() {}

    /**
     * The record that a schema declares.
     *
     * @throws UnusableSchema with what is wrong and in which field
     */
    public static AvroType parse(String schema) {
        try {
            JsonNode root = JSON.readTree(schema);
            if (!"record".equals(root.path("type").textValue())) {
                throw new UnusableSchema("no record", "a JSON object with type: record");
            }
            return new AvroSchema().record(root, "", "", true);
        } catch (JsonProcessingException e) {
            throw new UnusableSchema("no JSON: " + e.getOriginalMessage(), "a JSON object with type: record");
        }
    }

    /** The schema that a sink without one writes: each field in a union with null, which is its first member. */
    public static AvroType of(RecordSchema schema) {
        return AvroType.record(schema.fields().stream()
                .map(field -> new AvroType.Member(field.name(), nullable(field)))
                .toList());
    }

    private static AvroType nullable(Field field) {
        AvroType type =
                switch (field.type()) {
                    case String -> AvroType.single(AvroType.Kind.String);
                    case Long -> AvroType.single(AvroType.Kind.Long);
                    case Double -> AvroType.single(AvroType.Kind.Double);
                    case Boolean -> AvroType.single(AvroType.Kind.Boolean);
                    case Bytes -> AvroType.single(AvroType.Kind.Bytes);
                    case Array ->
                        AvroType.array(
                                field.items().fields() == null
                                        ? nullable(field.members().fields().get(0))
                                        : of(field.members()));
                };
        return type.with(AvroType.Nulls.First);
    }

    private AvroType record(JsonNode node, String label, String namespace, boolean outer) {
        String inner = declare(node, label, namespace);
        JsonNode fields = node.path("fields");
        int most = outer ? MOST_FIELDS : MOST_MEMBERS;
        if (!fields.isArray() || fields.isEmpty() || fields.size() > most) {
            throw new UnusableSchema(
                    fields.isArray() ? fields.size() + " fields" + in(label) : "no list of fields" + in(label),
                    "1 to " + most + " fields");
        }
        List<AvroType.Member> members = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode field : fields) {
            String name = field.path("name").asText();
            if (!name.matches(Field.NAME) || name.length() > Field.MAX_LENGTH) {
                throw new UnusableSchema(
                        "field name " + Violations.quoted(name) + in(label),
                        Field.NAME_SHAPE + ", at most " + Field.MAX_LENGTH);
            }
            if (!seen.add(name)) {
                throw new UnusableSchema("field " + Violations.quoted(label + name) + " again", "each field once");
            }
            members.add(new AvroType.Member(name, type(field.path("type"), label + name, inner, outer)));
        }
        AvroType record = AvroType.record(members);
        named.put(fullName(node, namespace), record);
        return record;
    }

    /** @param arrays whether the type may be an array: arrays do not nest */
    private AvroType type(JsonNode node, String label, String namespace, boolean arrays) {
        AvroType type = any(node, label, namespace, arrays);
        if (type.kind() == AvroType.Kind.Record || type.kind() == AvroType.Kind.Array && !arrays) {
            throw unusable(type.kind() == AvroType.Kind.Record ? "a record" : "an array", label, arrays);
        }
        return type;
    }

    private AvroType any(JsonNode node, String label, String namespace, boolean arrays) {
        if (node.isArray()) {
            return union(node, label, namespace, arrays);
        }
        if (node.isTextual()) {
            return byName(node.textValue(), label, namespace, arrays);
        }
        String kind = node.path("type").asText();
        return switch (kind) {
            case "enum" -> enumeration(node, label, namespace);
            case "array" -> array(node, label, namespace, arrays);
            case "record" -> {
                if (label.endsWith("[]")) {
                    yield record(node, label + ".", namespace, false);
                }
                throw unusable("a record", label, arrays);
            }
            default -> logical(kind, node.path("logicalType").asText(), label, namespace, arrays);
        };
    }

    /** A logical type on a type that it is not for is ignored, as the specification says. */
    private AvroType logical(String kind, String logical, String label, String namespace, boolean arrays) {
        AvroType type = byName(kind, label, namespace, arrays);
        if (logical.equals("decimal") && type.kind() == AvroType.Kind.Bytes) {
            throw unusable("a decimal", label, arrays);
        }
        if (type.kind() != AvroType.Kind.Long) {
            return type;
        }
        return switch (logical) {
            case "timestamp-micros", "local-timestamp-micros" -> AvroType.single(AvroType.Kind.Micros);
            case "timestamp-nanos", "local-timestamp-nanos" -> AvroType.single(AvroType.Kind.Nanos);
            default -> type;
        };
    }

    private AvroType byName(String name, String label, String namespace, boolean arrays) {
        return switch (name) {
            case "boolean" -> AvroType.single(AvroType.Kind.Boolean);
            case "int" -> AvroType.single(AvroType.Kind.Int);
            case "long" -> AvroType.single(AvroType.Kind.Long);
            case "float" -> AvroType.single(AvroType.Kind.Float);
            case "double" -> AvroType.single(AvroType.Kind.Double);
            case "string" -> AvroType.single(AvroType.Kind.String);
            case "bytes" -> AvroType.single(AvroType.Kind.Bytes);
            default -> {
                AvroType declared = named.get(full(name, namespace));
                if (declared == null) {
                    throw unusable(name.isEmpty() ? "no type" : "type " + Violations.quoted(name), label, arrays);
                }
                yield declared;
            }
        };
    }

    private AvroType union(JsonNode node, String label, String namespace, boolean arrays) {
        boolean first = "null".equals(node.path(0).textValue());
        boolean last = "null".equals(node.path(1).textValue());
        JsonNode other = node.path(first ? 1 : 0);
        if (node.size() != 2 || first == last || other.isArray()) {
            throw unusable("a union that is not of null and one type", label, arrays);
        }
        AvroType type = any(other, label, namespace, arrays);
        if (type.kind() == AvroType.Kind.Record) {
            throw unusable("a record in a union", label, arrays);
        }
        return type.with(first ? AvroType.Nulls.First : AvroType.Nulls.Last);
    }

    private AvroType array(JsonNode node, String label, String namespace, boolean arrays) {
        if (!arrays) {
            throw unusable("an array", label, false);
        }
        return AvroType.array(any(node.path("items"), label + "[]", namespace, false));
    }

    private AvroType enumeration(JsonNode node, String label, String namespace) {
        declare(node, label, namespace);
        List<String> symbols = new ArrayList<>();
        for (JsonNode symbol : node.path("symbols")) {
            if (!symbol.asText().matches(Field.NAME) || symbols.contains(symbol.asText())) {
                throw new UnusableSchema(
                        "symbol " + Violations.quoted(symbol.asText()) + in(label), "different names as symbols");
            }
            symbols.add(symbol.asText());
        }
        if (symbols.isEmpty()) {
            throw new UnusableSchema("an enum without symbols" + in(label), "at least one symbol");
        }
        AvroType type = AvroType.enumeration(symbols);
        named.put(fullName(node, namespace), type);
        return type;
    }

    /** The namespace of what is inside; refuses a name that is none or is there already. */
    private String declare(JsonNode node, String label, String namespace) {
        String name = fullName(node, namespace);
        if (!name.matches(FULL_NAME) || named.containsKey(name)) {
            throw new UnusableSchema(
                    "name " + Violations.quoted(name) + (named.containsKey(name) ? " again" : "") + in(label),
                    "a name of its own for each record and enum: letters, digits and underscores");
        }
        named.put(name, null);
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
    }

    private static String fullName(JsonNode node, String namespace) {
        return full(node.path("name").asText(), node.path("namespace").asText(namespace));
    }

    private static String full(String name, String namespace) {
        return name.contains(".") || namespace.isEmpty() ? name : namespace + "." + name;
    }

    private static UnusableSchema unusable(String found, String label, boolean arrays) {
        return new UnusableSchema(
                found + in(label),
                SINGLES + (arrays ? ", or an array of them or of records" : "") + ", also with null");
    }

    private static String in(String label) {
        return label.isEmpty() ? "" : " in field " + Violations.quoted(label.replaceAll("\\.$", ""));
    }
}
