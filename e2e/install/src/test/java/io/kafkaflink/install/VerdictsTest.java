package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kstatus, Argo CD and kubectl make of a pipeline in each part of its life, as the operator's tests recorded it. */
class VerdictsTest {
    private static final Path RECORDED = Repository.ROOT.resolve("operator/src/test/resources/golden/sequences");
    private static final Path TABLES = Path.of("src/test/resources/verdicts");
    private static final Path HEALTH = Repository.ROOT.resolve("k8s/argocd/health.lua");
    /** What Argo CD may say where kstatus says something. */
    private static final Map<String, Set<String>> ARGO = Map.of(
            "Current", Set.of("Healthy", "Suspended"),
            "Failed", Set.of("Degraded"),
            "InProgress", Set.of("Progressing"),
            "Terminating", Set.of("Progressing"));

    static List<Path> recorded() {
        return Repository.files(RECORDED, ".jsonl");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    @DisplayName("the verdicts on a part of a pipeline's life, step by step")
    void table(Path file) throws IOException, InterruptedException {
        List<Sighting> sightings = sightings(file);

        sightings.forEach(VerdictsTest::holds);
        holdsInTheEnd(sightings.get(sightings.size() - 1));
        doesNotFlap(sightings);
        Golden.assertMatches(
                TABLES.resolve(file.getFileName().toString().replace(".jsonl", ".txt")),
                Stream.concat(Stream.of(Sighting.head()), sightings.stream().map(Sighting::row))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    @DisplayName("no table is left over")
    void tables() {
        assertThat(Repository.files(TABLES, ".txt"))
                .extracting(file -> file.getFileName().toString().replace(".txt", ".jsonl"))
                .containsExactlyElementsOf(recorded().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    private static void holds(Sighting seen) {
        assertThat(seen.gopher()).as(seen.row()).isEqualTo(seen.luaj());
        assertThat(ARGO.get(seen.kstatus()))
                .as(seen.row())
                .contains(seen.luaj().path("status").asText());
        boolean behind = seen.observed() != seen.generation();
        if (behind || seen.is("Upgrading") || seen.deleting()) {
            assertThat(seen.kstatus()).as("under way: %s", seen.row()).isNotEqualTo("Current");
        }
        assertThat(seen.kstatus().equals("Failed"))
                .as("failed when Stalled: %s", seen.row())
                .isEqualTo(seen.is("Stalled") && !behind && !seen.deleting());
        assertThat(seen.waitReturns())
                .as("kubectl waits as long as the others: %s", seen.row())
                .isEqualTo(seen.kstatus().equals("Current"));
    }

    private static void holdsInTheEnd(Sighting last) {
        if (last.is("Ready")) {
            assertThat(last.luaj().path("status").asText()).isEqualTo(last.is("Suspended") ? "Suspended" : "Healthy");
        } else {
            assertThat(last.kstatus()).as("in the end: %s", last.row()).isIn("Failed", "Terminating");
        }
    }

    /** What was settled moves again only when somebody asks for something else, or when a job comes to its end. */
    private static void doesNotFlap(List<Sighting> sightings) {
        Sighting settled = null;
        Sighting before = null;
        for (Sighting seen : sightings) {
            boolean news = before != null && !seen.reportsAs(before);
            if (seen.settled() && (settled == null || news)) {
                if (settled != null && !(settled.is("JobRunning") && seen.completed())) {
                    assertThat(seen.wish())
                            .as("moved between\n%s\n%s", settled.row(), seen.row())
                            .isNotEqualTo(settled.wish());
                }
                settled = seen;
            }
            before = seen;
        }
    }

    private static List<Sighting> sightings(Path file) throws IOException, InterruptedException {
        List<JsonNode> pipelines = Repository.lines(Repository.text(file));
        List<Verdicts> verdicts = Verdicts.of(pipelines, HEALTH);
        assertThat(verdicts).hasSameSizeAs(pipelines);
        List<Sighting> sightings = new ArrayList<>();
        for (int i = 0; i < pipelines.size(); i++) {
            Verdicts verdict = verdicts.get(i);
            sightings.add(new Sighting(
                    pipelines.get(i), verdict.kstatus(), ArgoScript.health(pipelines.get(i)), verdict.value(0)));
        }
        return sightings;
    }
}
