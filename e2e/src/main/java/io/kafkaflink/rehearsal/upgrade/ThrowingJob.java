package io.kafkaflink.rehearsal.upgrade;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A job jar whose main() fails at once, as one does that was built wrongly. */
final class ThrowingJob {
    static final String IMAGE = "kafkaflink-job:throws";

    private static final String CLASS = "io/kafkaflink/job/PipelineJob";
    private static final String SOURCE = """
            package io.kafkaflink.job;

            public final class PipelineJob {
                public static void main(String[] arguments) {
                    throw new IllegalStateException("this image was built wrongly");
                }
            }
            """;

    private ThrowingJob() {}

    /** Makes the jar in a folder. */
    static Path make(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("this Java has no compiler; run the rehearsal with a JDK, not a JRE");
        }
        try {
            Path source = folder.resolve(CLASS + ".java");
            Files.createDirectories(source.getParent());
            Files.writeString(source, SOURCE);
            if (compiler.run(null, null, null, "-d", folder.toString(), source.toString()) != 0) {
                throw new IllegalStateException(source + " does not compile");
            }
            Path jar = folder.resolve("throws.jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream packed = new JarOutputStream(file)) {
                packed.putNextEntry(new JarEntry(CLASS + ".class"));
                Files.copy(folder.resolve(CLASS + ".class"), packed);
                packed.closeEntry();
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
