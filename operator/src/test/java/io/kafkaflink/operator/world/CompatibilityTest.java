package io.kafkaflink.operator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code of now takes over from every release that is recorded in {@code compat/<release>}: at rest it writes nothing, in
 * the middle of a change it brings that to its end. {@code -Dcompat.record=RELEASE} records the code of now as that release.
 */
class CompatibilityTest {
    private static final Path FOLDER = Path.of("../compat");
    private static final List<String> RECORDED =
            List.of("first start", "configuration", "connector with new uids", "growth", "resumed", "uids by nonce");

    @BeforeAll
    static void record() throws IOException {
        String release = System.getProperty("compat.record");
        if (release != null) {
            for (Scenario scenario : Scenarios.all()) {
                if (RECORDED.contains(scenario.name())) {
                    ReleaseRecording.of(scenario).write(FOLDER.resolve(release).resolve(file(scenario)));
                }
            }
        }
    }

    private static String file(Scenario scenario) {
        return scenario.name().replace(' ', '-') + ".jsonl";
    }

    static List<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    @DisplayName("a recording played without an operator is the cluster that was recorded")
    void faithful() {
        Scenario scenario = Scenarios.all().stream()
                .filter(each -> each.name().equals("uids by nonce"))
                .findFirst()
                .orElseThrow();
        SimulatedWorld lived = scenario.prepared();
        scenario.play(lived);

        ReleaseRecording recording = ReleaseRecording.of(scenario);
        SimulatedWorld played = recording.playedTo(recording.writes().size());

        assertThat(played.status).isEqualTo(lived.status);
        assertThat(played.jobs.brief()).isEqualTo(lived.jobs.brief());
        assertThat(played.revisions).isEqualTo(lived.revisions);
    }

    @ParameterizedTest
    @MethodSource("recordings")
    @DisplayName("at rest: no child is written, whatever the next code renders, and the pipeline is Ready")
    void atRest(Path file) throws IOException {
        ReleaseRecording recording = ReleaseRecording.read(file);
        SimulatedWorld world = recording.playedTo(recording.writes().size());

        world.pass(Duration.ofMinutes(10));

        assertThat(world.writes).allMatch(write -> write.equals("status"));
        assertThat(world.ready()).as(world.end()).isTrue();
        assertThat(world.kafka.faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    @DisplayName("in the middle of a change, after every write: it comes to its end, every record once")
    void inFlight(Path file) throws IOException {
        ReleaseRecording recording = ReleaseRecording.read(file);
        List<String> wrong = new ArrayList<>();
        for (int count = recording.beginning(); count < recording.writes().size(); count++) {
            SimulatedWorld world = recording.playedTo(count);
            world.settle(Scenario.LONGEST);
            world.pass(Duration.ofSeconds(40));
            for (String fault : Judgement.of(world, Scenario.End.READY)) {
                wrong.add("taken over after write " + count + ": " + fault + ", writes " + world.writes);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
