package io.kafkaflink.doubles.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where recordings are: condensed ones in the test resources, the raw ones beside the checkout when they are there. */
public final class RecordingFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CONDENSED = Path.of("src/test/resources/recordings");

    private RecordingFiles() {}

    /** Folder of the raw recordings, found by walking up from the module. */
    public static Optional<Path> raw() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve("shared/contracts/recordings");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Lines of a raw recording, in order of their time. */
    public static List<JsonNode> rawLines(Path folder, String name) {
        try {
            return Files.readAllLines(folder.resolve(name + ".jsonl")).stream()
                    .filter(line -> !line.isBlank())
                    .map(RecordingFiles::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Recording " + name + " cannot be read", e);
        }
    }

    /** Lines of a condensed recording. */
    public static List<String> condensed(String name) {
        try {
            return Files.readAllLines(CONDENSED.resolve(name + ".txt"));
        } catch (IOException e) {
            throw new UncheckedIOException("Condensed recording " + name + " cannot be read", e);
        }
    }

    /** Writes a condensed recording: only with {@code -Dgolden.update=true}. */
    public static void update(String name, List<String> lines) {
        try {
            Files.createDirectories(CONDENSED);
            Files.write(CONDENSED.resolve(name + ".txt"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Condensed recording " + name + " cannot be written", e);
        }
    }

    /** One JSON text. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + text, e);
        }
    }
}
