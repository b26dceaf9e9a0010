package io.kafkaflink.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kafkaflink.model.InvalidJobConfiguration;
import io.kafkaflink.model.JobConfigurationYaml;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Client properties from the operator's golden files: what it renders for a spec, so that brokers judge the very texts. */
final class RenderedProperties {
    private static final Path GOLDEN = Path.of("../../../operator/src/test/resources/golden/desired");
    private static final String MOUNTS = "/opt/kafkaflink/secrets";

    private RenderedProperties() {}

    /**
     * @param name of the golden case
     * @param mounts folder that stands for the pods' folder of mounted Secrets
     */
    static Map<String, String> of(String name, Path mounts) throws IOException, InvalidJobConfiguration {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(GOLDEN.resolve(name), "out-ConfigMap-*.yaml")) {
            ConfigMap map =
                    Serialization.unmarshal(Files.readString(files.iterator().next()), ConfigMap.class);
            byte[] configuration = map.getData().get("pipeline.yaml").getBytes(UTF_8);
            Map<String, String> properties = new TreeMap<>(
                    JobConfigurationYaml.read(configuration).kafka().properties());
            properties.replaceAll((key, value) -> value.replace(MOUNTS, mounts.toString()));
            return properties;
        }
    }
}
