package io.kafkaflink.rehearsal.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Expected texts in a folder of the test resources; {@code -Dgolden.update=true} writes them anew. */
public final class GoldenFolder {
    private final Path folder;
    private final Set<String> used = new TreeSet<>();

    public GoldenFolder(String name) {
        folder = Path.of("src/test/resources", name);
    }

    public void assertEqual(String file, String actual) {
        used.add(file);
        Path path = folder.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(folder);
                Files.writeString(path, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException("no golden file " + path + "; make it with -Dgolden.update=true", e);
        }
    }

    public void assertAllUsed() {
        try (Stream<Path> files = Files.list(folder)) {
            Set<String> present =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(present).as("golden files without a test in %s", folder).isEqualTo(used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
