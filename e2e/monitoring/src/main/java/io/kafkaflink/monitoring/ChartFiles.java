package io.kafkaflink.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Alerts and dashboards of the chart, as they lie in this checkout. */
final class ChartFiles {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ChartFiles() {}

    /** The checkout that a test runs in, whatever its module. */
    static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isDirectory(folder.resolve("helm/kafkaflink-operator")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(here + " is not inside a checkout of this project"));
    }

    private static Path folder() {
        return checkout().resolve("helm/kafkaflink-operator/files");
    }

    /** In the form that Prometheus reads. */
    static Path alerts() {
        return folder().resolve("alerts.yaml");
    }

    static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** YAML, of which JSON is a part. */
    static JsonNode tree(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
