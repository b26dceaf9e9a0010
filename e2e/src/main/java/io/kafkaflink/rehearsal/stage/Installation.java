package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.rehearsal.input.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that lie beside the rehearsal's jar: {@code lib} with its class path and the operator's, {@code dist} with
 * what runs as processes of their own.
 *
 * @param folder holds {@code lib} and {@code dist}
 */
public record Installation(Path folder) {
    private static final String POM = "pom.xml";

    /** Beside the jar, or beside the folder of classes when run from a build. */
    public static Installation here() {
        try {
            Path code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return new Installation(code.toAbsolutePath().getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the place of this code is no URI", impossible);
        }
    }

    /** The class path of the operator. */
    public Path lib() {
        return present(folder.resolve("lib"));
    }

    /** What runs as processes of their own. */
    Path dist() {
        return present(folder.resolve("dist"));
    }

    /** The job's jar for a pair of versions, as in {@code 2.2-5.0.0}. */
    public Path jobJar(String pair) {
        return present(folder.resolve("dist/job/pipeline-job-" + pair + ".jar"));
    }

    /** The manifests that a user installs the operator with. */
    public List<Path> operatorManifests() {
        try (Stream<Path> files = Files.list(present(folder.resolve("dist/base")))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The folder with the sources, when this runs from {@code e2e/target} of one. */
    public Optional<Path> checkout() {
        return Optional.ofNullable(folder.getParent())
                .filter(module -> Files.exists(module.resolve(POM)))
                .map(Path::getParent)
                .filter(root -> Files.exists(root.resolve(POM)));
    }

    private static Path present(Path path) {
        if (!Files.exists(path)) {
            throw new BadInputException(
                    path + " is missing. Build the rehearsal with `mvn package`, and keep the folders"
                            + " lib and dist beside rehearsal.jar");
        }
        return path;
    }
}
