package io.kafkaflink.processes;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A job jar, compiled here from {@code src/test/jobs} against the jars of a Flink distribution. */
final class TestJob {
    private TestJob() {}

    static Path jar(String name, String distribution, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        String classPath;
        try (Stream<Path> jars = Files.list(Distribution.locate(distribution).resolve("lib"))) {
            classPath = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        List<String> line = List.of(
                "-nowarn",
                "--release",
                "17",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                source(name).toString());
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(name + " does not compile");
        }
        Path jar = folder.resolve(name + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> files = Files.list(classes)) {
            for (Path each : files.sorted().toList()) {
                out.putNextEntry(new JarEntry(each.getFileName().toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    private static Path source(String name) {
        return Path.of("src/test/jobs", name + ".java").toAbsolutePath();
    }
}
