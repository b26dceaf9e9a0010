package io.kafkaflink.doubles.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kafkaflink.doubles.recording.RecordingFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded sequence, played to the double: same order of states, same fields. */
class FlinkRecordingTest {

    /** What the double did, to be compared with the condensed recording by eye. */
    private static final Path PLAYED = Path.of("target/played");

    static Stream<String> names() {
        return FlinkRecording.NAMES.stream();
    }

    @BeforeAll
    static void updateWhenAsked() {
        if (Boolean.getBoolean("golden.update")) {
            Path raw = RecordingFiles.raw().orElseThrow();
            FlinkRecording.NAMES.forEach(name -> RecordingFiles.update(name, FlinkRecording.condense(raw, name)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void repeats(String name) throws IOException {
        List<String> recorded = RecordingFiles.condensed(name);
        List<String> played = new FlinkPlayer(name, recorded).play();
        Files.createDirectories(PLAYED);
        Files.write(PLAYED.resolve(name + ".txt"), played);
        assertRepeated(played, recorded);
    }

    private static void assertRepeated(List<String> played, List<String> recorded) {
        assertThat(stream(played, "  fd ")).as("status rows").isEqualTo(stream(recorded, "  fd "));
        assertThat(stream(played, "  snap ")).as("snapshot rows").isEqualTo(stream(recorded, "  snap "));
        HaRows.assertRepeated(stream(recorded, "  ha "), stream(played, "  ha "));
    }

    @ParameterizedTest
    @MethodSource("names")
    void condensedIsWhatTheRawRecordingSays(String name) {
        Optional<Path> raw = RecordingFiles.raw();
        assumeTrue(raw.isPresent(), "the raw recordings are not beside the checkout");
        assertThat(RecordingFiles.condensed(name)).isEqualTo(FlinkRecording.condense(raw.get(), name));
    }

    /** Stimuli and the rows of one kind. What happened to the job alone has no fixed place among the rows. */
    private static List<String> stream(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> !line.matches("> [0-9.]+ (break|mend) .*"))
                .filter(line -> line.startsWith("> ") || line.startsWith(prefix))
                .toList();
    }
}
