package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Compares what was recorded of HA ConfigMaps, which is not everything: some recordings began or ended in the middle. */
final class HaRows {

    private HaRows() {}

    static void assertRepeated(List<String> recorded, List<String> played) {
        List<String> jobs = recorded.stream()
                .filter(row -> row.startsWith("  ha "))
                .map(row -> row.split(" +")[2])
                .distinct()
                .toList();
        for (String job : jobs) {
            List<String> expected = of(recorded, job);
            boolean fromTheStart = expected.get(0).endsWith("[]");
            if (fromTheStart) {
                assertThat(of(played, job))
                        .as("HA ConfigMap of job " + job)
                        .startsWith(expected.toArray(String[]::new));
            } else {
                assertThat(gone(of(played, job)))
                        .as("HA ConfigMap of job " + job)
                        .isEqualTo(gone(expected));
            }
        }
    }

    private static List<String> gone(List<String> rows) {
        return rows.stream().filter(row -> row.endsWith(" gone")).toList();
    }

    private static List<String> of(List<String> rows, String job) {
        return rows.stream().filter(row -> row.startsWith("  ha " + job + " ")).toList();
    }
}
