package io.kafkaflink.operator.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The CRD of {@link KafkaFlinkPipeline}: what the fabric8 generator makes of the annotations, plus what it cannot say
 * (list types, members left out, order of columns, description of the kind), in canonical form.
 */
final class GeneratedCrd {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    private GeneratedCrd() {}

    /** The CRD as a tree. */
    static ObjectNode tree() {
        ObjectNode crd = fromAnnotations();
        ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
        ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
        schema.put("description", description());
        sortColumns(version.withArray("additionalPrinterColumns"));
        LeftOut.remove(schema);
        Repetitions.shorten(schema);
        ListTypes.mark(schema);
        CanonicalForm.bring(crd);
        return crd;
    }

    /** The CRD as YAML text with a line that says where it comes from. */
    static String yaml() {
        try {
            return "# Generated from io.kafkaflink.operator.api by make crds; do not edit.\n"
                    + YAML.writeValueAsString(tree());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode fromAnnotations() {
        try (InMemory output = new InMemory()) {
            new CRDGenerator()
                    .withOutput(output)
                    .customResourceClasses(List.of(KafkaFlinkPipeline.class))
                    .forCRDVersions("v1")
                    .generate();
            return (ObjectNode) YAML.readTree(output.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String description() {
        return KafkaFlinkPipeline.class
                .getAnnotation(JsonClassDescription.class)
                .value();
    }

    /** The generator sorts columns by JSON path; users read them in the order of the annotations. */
    private static void sortColumns(ArrayNode columns) {
        List<String> order = Arrays.stream(KafkaFlinkPipeline.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        List<ObjectNode> sorted = columns.valueStream()
                .map(ObjectNode.class::cast)
                .sorted(Comparator.comparingInt(
                        column -> order.indexOf(column.path("name").asText())))
                .toList();
        columns.removeAll().addAll(sorted);
    }

    /** One CRD in memory. */
    private static final class InMemory extends ByteArrayOutputStream
            implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        @Override
        public ByteArrayOutputStream outputFor(String name) {
            return this;
        }
    }
}
