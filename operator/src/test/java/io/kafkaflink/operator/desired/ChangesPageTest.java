package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.docs.MarkdownPage;
import io.kafkaflink.operator.docs.MarkdownPage.Row;
import io.kafkaflink.operator.docs.PipelineSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/changes.md says of every field what a change of it does, and says what the input hash makes of it. */
class ChangesPageTest {
    private static final String GROWTH = "partitions";

    private final Map<String, String> effects = effects();

    private static Map<String, String> effects() {
        Map<String, String> effects = new TreeMap<>();
        List<Row> rows = MarkdownPage.of("docs/changes.md").rows().stream()
                .filter(row -> row.header().get(0).equals("Field"))
                .toList();
        for (Row row : rows) {
            row.codes()
                    .get(0)
                    .forEach(field -> effects.putIfAbsent(field, row.cells().get(1)));
        }
        return effects;
    }

    @Test
    @DisplayName("every field is in the table, itself or with the object it belongs to")
    void complete() {
        assertThat(PipelineSchema.committed().leaves())
                .filteredOn(field -> effect(field).isEmpty())
                .isEmpty();
        assertThat(effects.values()).isSubsetOf("Live", "Restart", "Refused");
    }

    @Test
    @DisplayName("live fields are those that the input hash leaves out")
    void effect() {
        InputHashTest.CHANGES.lines().map(line -> line.split("\\|")).forEach(change -> {
            String field =
                    change[0].strip().substring(1).replaceAll("/[0-9]+", "[]").replace('/', '.');
            boolean inHash = change[2].strip().equals("yes");
            // Partitions restart the job through the parallelism, which the hash counts apart.
            if (!field.endsWith(GROWTH)) {
                assertThat(effect(field).orElseThrow().equals("Live"))
                        .as("%s is live", field)
                        .isEqualTo(!inHash);
            }
        });
    }

    private Optional<String> effect(String field) {
        return effects.entrySet().stream()
                .filter(row -> field.equals(row.getKey()) || field.matches("\\Q" + row.getKey() + "\\E(\\[\\])?\\..*"))
                .max(Comparator.comparing(row -> row.getKey().length()))
                .map(Map.Entry::getValue);
    }
}
