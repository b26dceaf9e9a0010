package io.kafkaflink.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of the records at one point of a pipeline, in order; what a step adds or replaces is decided here only. */
public record RecordSchema(List<Field> fields) implements Serializable {
    /** The one field of records in the formats string and raw and of generated records. */
    public static final String VALUE = "value";

    /** Position of the partition that a record was read from, in the rows of a schema that has it. */
    public static final int SOURCE_PARTITION = 0;

    /** No declared field can have this name. */
    private static final Field PARTITION = new Field("source partition", FieldType.Long);

    public static final String WINDOW_START = "windowStart";
    public static final String WINDOW_END = "windowEnd";

    public RecordSchema {
        fields = List.copyOf(fields);
    }

    /** What the source of a valid configuration emits. */
    public static RecordSchema of(JobConfiguration.Source source) {
        return source.kafka() == null ? text() : readBy(source.kafka().format());
    }

    /** What a source's format reads from a record value. */
    public static RecordSchema readBy(Format format) {
        return switch (format.kind()) {
            case Text -> text();
            case Json -> new RecordSchema(format.json().fields());
            case Raw -> new RecordSchema(List.of(new Field(VALUE, FieldType.Bytes)));
            case Deserializer -> format.deserializer().schema();
            case JsonKeyValue -> format.jsonKeyValue().schema();
            case TypeInformation -> format.typeInformation().schema();
            case Serializer -> throw new IllegalArgumentException("a serializer reads nothing");
            case Avro ->
                new RecordSchema(AvroSchema.parse(format.avro().schema()).fields());
        };
    }

    /** These fields behind the partition that a record was read from, which nobody declares and no format writes. */
    public RecordSchema withSourcePartition() {
        List<Field> more = new ArrayList<>(fields);
        more.add(SOURCE_PARTITION, PARTITION);
        return new RecordSchema(more);
    }

    public boolean hasSourcePartition() {
        return !fields.isEmpty() && fields.get(SOURCE_PARTITION).equals(PARTITION);
    }

    /** The fields that somebody has declared. */
    public RecordSchema declared() {
        return hasSourcePartition() ? new RecordSchema(fields.subList(SOURCE_PARTITION + 1, fields.size())) : this;
    }

    /** What leaves the last step of a valid configuration. */
    public static RecordSchema atSinks(JobConfiguration configuration) {
        return behind(configuration, configuration.transforms().size());
    }

    /** What a sink of a valid configuration receives that is not for dead letters. */
    public static RecordSchema reaching(JobConfiguration configuration, String sink) {
        for (int i = 0; i < configuration.transforms().size(); i++) {
            if (configuration
                    .transforms()
                    .get(i)
                    .lateSink()
                    .filter(sink::equals)
                    .isPresent()) {
                return behind(configuration, i);
            }
        }
        return atSinks(configuration);
    }

    /** What leaves the first steps of a valid configuration. */
    static RecordSchema behind(JobConfiguration configuration, int steps) {
        RecordSchema schema = of(configuration.source());
        for (Transform transform : configuration.transforms().subList(0, steps)) {
            schema = schema.after(transform);
        }
        return schema;
    }

    /** What a step makes of these fields; the step must be valid for them. */
    public RecordSchema after(Transform transform) {
        return switch (transform.kind()) {
            case Prefix, Rebalance, Filter, Deduplicate -> this;
            case Flatten -> flattened(get(transform.flatten().field()));
            case Project -> projected(transform.project());
            case KeyedCount -> with(new Field(transform.keyedCount().as(), FieldType.Long));
            case Window -> results(transform.window());
            case Sql -> new RecordSchema(transform.sql().fields());
            case Custom ->
                transform.custom().fields() == null
                        ? declared()
                        : new RecordSchema(transform.custom().fields());
        };
    }

    /** The fields of a member in the place of the array. */
    private RecordSchema flattened(Field array) {
        List<Field> flat = new ArrayList<>(fields);
        int position = indexOf(array.name());
        flat.remove(position);
        flat.addAll(position, array.members().fields());
        return new RecordSchema(flat);
    }

    private RecordSchema projected(Projection projection) {
        RecordSchema chosen = new RecordSchema(projection.fields().stream()
                .map(output -> output.literal() == null
                        ? get(output.taken()).named(output.name())
                        : new Field(output.name(), output.literal().type()))
                .toList());
        return hasSourcePartition() ? chosen.withSourcePartition() : chosen;
    }

    private RecordSchema results(Window window) {
        RecordSchema results = new RecordSchema(List.of(get(window.keyBy())))
                .with(new Field(WINDOW_START, FieldType.Long))
                .with(new Field(WINDOW_END, FieldType.Long));
        for (Metric metric : window.metrics()) {
            results = results.with(new Field(metric.name(), typeOf(metric)));
        }
        return results;
    }

    private FieldType typeOf(Metric metric) {
        return switch (metric.kind()) {
            case Count, Distinct, Duration -> FieldType.Long;
            case Avg -> FieldType.Double;
            case Sum, Min, Max -> get(metric.field().orElseThrow()).type();
        };
    }

    public Optional<Field> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The field of that name, which must exist. */
    public Field get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no field " + name + " among " + names()));
    }

    /** Position of the field of that name, which must exist. */
    public int indexOf(String name) {
        return fields.indexOf(get(name));
    }

    /** The field that the string format writes: {@code value}, else the only one. */
    public Optional<Field> textField() {
        return mainField().filter(field -> field.type().spelled());
    }

    /** The field that the raw format writes: {@code value}, else the only one. */
    public Optional<Field> bytesField() {
        return mainField().filter(field -> field.type() == FieldType.Bytes);
    }

    /** The field that a format of single values writes: {@code value}, else the only one. */
    public Optional<Field> valueField(FieldType type) {
        return mainField().filter(field -> field.type() == type);
    }

    private Optional<Field> mainField() {
        return find(VALUE).or(() -> fields.size() == 1 ? Optional.of(fields.get(0)) : Optional.empty());
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    private RecordSchema with(Field field) {
        List<Field> more = new ArrayList<>(fields);
        more.add(field);
        return new RecordSchema(more);
    }

    private static RecordSchema text() {
        return new RecordSchema(List.of(new Field(VALUE, FieldType.String)));
    }
}
