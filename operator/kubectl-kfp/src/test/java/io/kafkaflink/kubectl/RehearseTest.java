package io.kafkaflink.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rehearsal itself has its own tests; here it is a program that writes down what it was given. */
class RehearseTest {
    private static final String PROGRAM = """
            public class Program {
                public static void main(String[] given) throws Exception {
                    java.nio.file.Files.writeString(java.nio.file.Path.of(given[0] + ".said"), String.join(" ", given));
                    System.exit(3);
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    @DisplayName("the rehearsal gets both files, and its exit code is the command's")
    void passesOn() throws Exception {
        String file = folder.resolve("my pipeline.yaml").toString();

        int code = kfp(new StringWriter(), "rehearse", file, "--upgrade", "next.yaml", "--rehearsal", program());

        assertThat(code).isEqualTo(3);
        assertThat(Path.of(file + ".said")).content().isEqualTo(file + " --upgrade next.yaml");
    }

    @Test
    @DisplayName("without a rehearsal it says how to get one")
    void missing() {
        StringWriter err = new StringWriter();

        assertThat(kfp(err, "rehearse", "pipeline.yaml", "--rehearsal", "no/where.jar"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("found nothing at no/where.jar", "make run", "KAFKAFLINK_REHEARSAL");
    }

    private static int kfp(StringWriter err, String... arguments) {
        return KfpCommand.execute(new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
    }

    private String program() throws Exception {
        Path source = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Program");
        Path jar = folder.resolve("rehearsal.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream classes = new JarOutputStream(out, manifest)) {
            classes.putNextEntry(new JarEntry("Program.class"));
            classes.write(Files.readAllBytes(folder.resolve("Program.class")));
            classes.closeEntry();
        }
        return jar.toString();
    }
}
