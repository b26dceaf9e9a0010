package io.kafkaflink.rehearsal.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Events in the order of their file.
 *
 * @param name what to call the file in messages
 * @param events one JSON object a record
 * @param skipped lines that are neither JSON objects nor in combined log format
 * @param firstSkipped number of the first such line, from 1; 0 when there is none
 */
public record InputFile(String name, List<ObjectNode> events, int skipped, int firstSkipped) {
    private static final String BUNDLED = "/events.jsonl";
    private static final String SHARED = "shared/data/clicks.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public InputFile {
        events = List.copyOf(events);
    }

    /**
     * Reads a file; the first line decides whether it holds JSON lines or an access log.
     *
     * @throws BadInputException when the file cannot be read or half of its lines or more cannot be understood
     */
    public static InputFile read(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(file.getFileName().toString(), bytes);
        } catch (IOException unreadable) {
            throw new BadInputException("input " + file + " cannot be read: " + unreadable + ". Give an existing file"
                    + " of JSON lines or an access log in combined format with --input");
        }
    }

    /**
     * The real clicks beside the checkout when they are there ({@code ../shared/data/clicks.jsonl}), else the invented
     * events that come with the rehearsal.
     *
     * @param checkout the folder with the sources, when known
     */
    public static InputFile standard(Optional<Path> checkout) {
        Optional<Path> shared = checkout.map(Path::toAbsolutePath)
                .map(Path::getParent)
                .map(parent -> parent.resolve(SHARED))
                .filter(Files::isReadable);
        return shared.map(InputFile::read).orElseGet(InputFile::bundled);
    }

    /** The events that come with the rehearsal: 480 invented clicks, out of order by up to 42 s. */
    public static InputFile bundled() {
        try (InputStream bytes = InputFile.class.getResourceAsStream(BUNDLED)) {
            return read("bundled events", bytes);
        } catch (IOException broken) {
            throw new IllegalStateException("the rehearsal's jar lacks " + BUNDLED, broken);
        }
    }

    private static InputFile read(String name, InputStream bytes) throws IOException {
        // Access logs of real servers hold bytes that are not UTF-8; they must not end the run.
        BufferedReader lines = new BufferedReader(new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)));
        List<ObjectNode> events = new ArrayList<>();
        int skipped = 0;
        int firstSkipped = 0;
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Optional<ObjectNode> event = line.stripLeading().startsWith("{") ? json(line) : AccessLog.parse(line);
            event.ifPresent(events::add);
            if (event.isEmpty()) {
                skipped++;
                firstSkipped = firstSkipped == 0 ? number : firstSkipped;
            }
        }
        return new InputFile(name, events, skipped, firstSkipped).usable();
    }

    private InputFile usable() {
        if (skipped >= events.size()) {
            throw new BadInputException("input " + name + ": " + skipped + " of " + (skipped + events.size())
                    + " lines are neither a JSON object nor in combined log format"
                    + (firstSkipped == 0 ? "" : ", the first is line " + firstSkipped)
                    + ". Expected lines as in {\"userId\":\"u1\",\"page\":\"/\",\"timestamp\":1700000000000}");
        }
        return this;
    }

    private static Optional<ObjectNode> json(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }
}
