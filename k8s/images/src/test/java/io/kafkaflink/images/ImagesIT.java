package io.kafkaflink.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kafkaflink.images.Product.Job;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The images as a container runtime gets them, of what the build has packaged, on an empty base: no registry is needed. */
class ImagesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("../..");

    @TempDir
    Path folder;

    private Product product;

    /** What was packaged, with bills of materials, which only {@code make images} makes. */
    @BeforeEach
    void product() throws IOException {
        Product packaged = Product.in(ROOT);
        product = new Product(packaged.root(), folder, packaged.settings());
        bill("operator");
        for (Job job : product.jobs()) {
            bill("job/jars/" + job.pair());
        }
    }

    private void bill(String module) throws IOException {
        Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
        Files.writeString(target.resolve("bom.json"), "{\"bomFormat\": \"CycloneDX\", \"module\": \"" + module + "\"}");
    }

    @Test
    @DisplayName("operator: not root, its class path and nothing else, what it is on its label")
    void operator() throws Exception {
        Saved image = build(new ProductImages(product, "1").operator("scratch"));

        assertThat(image.config("User").asText()).isEqualTo("10001:10001");
        assertThat(image.config("Entrypoint").toString())
                .isEqualTo("[\"java\",\"-jar\",\"/app/kafkaflink-operator.jar\"]");
        assertThat(image.config("Labels").path("org.opencontainers.image.title").asText())
                .isEqualTo("KafkaFlink operator");
        assertThat(image.file("app/kafkaflink-operator.jar")).isEqualTo(Files.readAllBytes(product.operatorJar()));
        try (JarFile jar = new JarFile(product.operatorJar().toFile())) {
            assertThat(jar.getManifest()
                            .getMainAttributes()
                            .getValue("Class-Path")
                            .split(" "))
                    .allSatisfy(entry -> assertThat(image.files()).contains("app/" + entry));
        }
        assertThat(image.file("usr/share/sbom/kafkaflink.cdx.json")).asString().contains("CycloneDX", "\"operator\"");
        assertThat(image.files()).contains("usr/share/licenses/kafkaflink/LICENSE");
    }

    @Test
    @DisplayName("job: the jar of its pair where every FlinkDeployment looks for it, Flink's own entry point")
    void job() throws Exception {
        assertThat(product.jobs())
                .extracting(Job::pair)
                .containsExactly("1.20-3.3.0", "1.20-3.4.0", "2.1-5.0.0", "2.2-5.0.0");
        Job newest = product.jobs().get(3);

        Saved image = build(new ProductImages(product, "1").job(newest, "scratch"));

        assertThat(image.config("User").asText()).isEqualTo("9999:9999");
        assertThat(image.config("Entrypoint").isMissingNode()
                        || image.config("Entrypoint").isNull())
                .isTrue();
        assertThat(image.config("Labels").path("io.kafkaflink.connector").asText())
                .isEqualTo("5.0.0");
        assertThat(image.files().stream().filter(file -> file.endsWith(".jar")))
                .containsExactly("opt/flink/usrlib/pipeline-job.jar");
        assertThat(image.file("opt/flink/usrlib/pipeline-job.jar")).isEqualTo(Files.readAllBytes(newest.jar()));
    }

    @Test
    @DisplayName("the same sources give the same image")
    void reproducible() throws Exception {
        ProductImages images = new ProductImages(product, "1");

        assertThat(digest(images.operator("scratch"), "one.tar"))
                .isEqualTo(digest(images.operator("scratch"), "two.tar"));
    }

    @Test
    @DisplayName("what was not packaged, and a base that is not there, are said in one line")
    void refusals() {
        StringWriter out = new StringWriter();
        CommandLine command =
                ImagesCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        assertThat(command.execute("--project", folder.toString()))
                .as(out.toString())
                .isEqualTo(1);
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .contains("operator/target/lib is not there", "Run make images");

        String absent = "tar://" + folder.resolve("no-base.tar");
        Image image = new ProductImages(product, "1").operator(absent);
        assertThatThrownBy(() -> build(image))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("kafkaflink-operator", "no-base.tar", "--operator-base");
    }

    private String digest(Image image, String file) throws Exception {
        return build().toTar(image, folder.resolve(file));
    }

    private ImageBuild build() {
        return new ImageBuild(product.created(), Set.of(ImageBuild.USUAL), System.out::println);
    }

    private Saved build(Image image) throws Exception {
        Path tar = folder.resolve("image.tar");
        build().toTar(image, tar);
        return Saved.read(tar);
    }

    /** A tar as {@code docker save} writes it. */
    private record Saved(JsonNode configuration, Map<String, byte[]> content) {
        static Saved read(Path tar) throws IOException {
            Map<String, byte[]> parts = unpack(Files.newInputStream(tar));
            JsonNode manifest = JSON.readTree(parts.get("manifest.json")).get(0);
            Map<String, byte[]> content = new TreeMap<>();
            for (JsonNode layer : manifest.path("Layers")) {
                content.putAll(unpack(new GZIPInputStream(new ByteArrayInputStream(parts.get(layer.asText())))));
            }
            return new Saved(JSON.readTree(parts.get(manifest.path("Config").asText())), content);
        }

        private static Map<String, byte[]> unpack(InputStream in) throws IOException {
            Map<String, byte[]> files = new TreeMap<>();
            try (TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (entry.isFile()) {
                        files.put(entry.getName(), tar.readAllBytes());
                    }
                }
            }
            return files;
        }

        JsonNode config(String member) {
            return configuration.path("config").path(member);
        }

        List<String> files() {
            return List.copyOf(content.keySet());
        }

        byte[] file(String path) {
            return content.get(path);
        }
    }
}
