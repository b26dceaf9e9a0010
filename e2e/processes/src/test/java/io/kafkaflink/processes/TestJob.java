package io.kafkaflink.processes;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A job jar, compiled here from the resource folder {@code jobs} against the jars of a Flink distribution. */
public final class TestJob {
    private TestJob() {}

    /**
     * Makes a jar of one source file without package.
     *
     * @param name of the class; {@code NumbersJob} counts upwards for ever, 200 numbers a second, and fails when one is
     *     missing or comes twice
     * @param distribution for example {@code flink-2.2}
     * @param folder for the jar and the class files
     */
    public static Path jar(String name, String distribution, Path folder) throws IOException {
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
                source(name, folder).toString());
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

    private static Path source(String name, Path folder) throws IOException {
        Path source = folder.resolve(name + ".java");
        try (InputStream resource = TestJob.class.getResourceAsStream("/jobs/" + name + ".java")) {
            Files.copy(resource, source, StandardCopyOption.REPLACE_EXISTING);
        }
        return source;
    }
}
