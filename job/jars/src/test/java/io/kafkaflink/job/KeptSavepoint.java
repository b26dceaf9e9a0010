package io.kafkaflink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A savepoint that a test of one pair leaves for those of the newest pair, which are built later.
 *
 * @param kind of the test that makes it
 */
public record KeptSavepoint(String kind, String line, String connector) {
    private static final Path ALL = Path.of("../target");

    public Path folder() {
        return ALL.resolve(kind)
                .resolve(line + "-" + connector)
                .toAbsolutePath()
                .normalize();
    }

    /** Copies a savepoint, in place of that of an earlier build. */
    public void keep(Path savepoint) throws IOException {
        if (Files.exists(folder())) {
            try (Stream<Path> old = Files.walk(folder())) {
                for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(folder());
        try (Stream<Path> files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder().resolve(file.getFileName()));
            }
        }
    }
}
