package io.kafkaflink.operator.crd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files under {@code crd/}: {@code valid-*.yaml} and {@code invalid-*.yaml}, each one resource, or two for a change
 * of the first into the second. Leading lines {@code # expect: …} give the reasons of the refusal.
 */
final class PipelineFiles {
    private static final Path FOLDER = Path.of("src/test/resources/crd");
    private static final String EXPECT = "# expect: ";

    private PipelineFiles() {}

    /** Every file of the folder, so that none is left unused. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    /** The files under {@code k8s/examples}. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../k8s/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> startingWith(String prefix) throws IOException {
        return all().stream()
                .filter(file -> file.getFileName().toString().startsWith(prefix))
                .toList();
    }

    /** The resources of a file, as text: one, or two. */
    static List<String> resources(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).split("(?m)^---\n")).toList();
    }

    static List<String> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();
    }

    /** Writes the reasons into the file, in place of those that were there. */
    static void expect(Path file, List<String> reasons) throws IOException {
        Stream<String> rest = Files.readAllLines(file).stream().filter(line -> !line.startsWith(EXPECT));
        Files.writeString(
                file,
                Stream.concat(reasons.stream().map(reason -> EXPECT + reason), rest)
                        .collect(Collectors.joining("\n", "", "\n")));
    }
}
