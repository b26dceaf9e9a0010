package io.kafkaflink.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the build has put the jars of a program that runs as a child process, for example {@code kafka}. */
public final class Distribution {
    /** System property that names the folder which holds the distribution folders. */
    public static final String PROPERTY = "kafkaflink.dist";

    private Distribution() {}

    /**
     * The folder of a distribution. Searched in the folder named by the system property {@value #PROPERTY} when it is
     * set, else in {@code dist} beside this code: {@code target/dist} of the module, or {@code dist} beside a jar or
     * beside the folder of that jar.
     *
     * @param name {@code kafka}, or {@code flink-1.20}, {@code flink-2.1}, {@code flink-2.2} with their jars in {@code lib}
     * @throws IllegalStateException when there is none; the message names the places and the command that makes it
     */
    public static Path locate(String name) {
        List<Path> places = new ArrayList<>();
        for (Path root : roots()) {
            Path folder = root.resolve(name);
            if (holdsJars(folder) || holdsJars(folder.resolve("lib"))) {
                return folder;
            }
            places.add(folder);
        }
        throw new IllegalStateException("The jars of '" + name + "' are missing: none in " + places
                + ". Make them with `mvn -pl e2e/processes -am process-resources`, or name the folder that holds '"
                + name + "' with -D" + PROPERTY + "=FOLDER.");
    }

    private static List<Path> roots() {
        String configured = System.getProperty(PROPERTY);
        if (configured != null) {
            return List.of(Path.of(configured).toAbsolutePath());
        }
        Path folder = codeSource().getParent();
        return folder.getParent() == null
                ? List.of(folder.resolve("dist"))
                : List.of(folder.resolve("dist"), folder.resolveSibling("dist"));
    }

    private static Path codeSource() {
        try {
            return Path.of(Distribution.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of this code is no URI", e);
        }
    }

    private static boolean holdsJars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
