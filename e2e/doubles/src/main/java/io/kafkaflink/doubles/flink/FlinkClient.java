package io.kafkaflink.doubles.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Flink's own client, as a process for each cluster that it starts.
 *
 * @param home of a Flink distribution
 * @param folder for configuration, pod templates and output
 */
record FlinkClient(Path home, Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** Starts a cluster and returns when its Deployment is made. */
    void submit(DeploymentKey key, Effect.Start start) throws IOException, InterruptedException {
        Path work = Files.createDirectories(folder.resolve(key.namespace()).resolve(key.name()));
        Path template = work.resolve("pod-template.yaml");
        Path output = work.resolve("client.log");
        JSON.writeValue(template.toFile(), ApplicationSubmit.pod(start.spec()));
        ProcessBuilder client = new ProcessBuilder(new ApplicationSubmit(home, key, start, template).command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        client.environment().put("FLINK_CONF_DIR", configuration(work).toString());
        client.environment().put("FLINK_LOG_DIR", work.toString());
        Process process = client.start();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("Flink's client could not start " + key + ":\n" + Files.readString(output));
        }
    }

    /**
     * The folder that the client ships to the pods. Of the stock configuration only the JVM options stay: its addresses are
     * for one machine.
     */
    private Path configuration(Path work) throws IOException {
        Path target = Files.createDirectories(work.resolve("conf"));
        Path stock = home.resolve("conf");
        try (Stream<Path> files = Files.list(stock)) {
            List<Path> logging = files.filter(
                            file -> file.getFileName().toString().startsWith("log"))
                    .toList();
            for (Path file : logging) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        JsonNode options = Serialization.unmarshal(Files.readString(stock.resolve("config.yaml")), JsonNode.class)
                .at("/env/java/opts/all");
        JSON.writeValue(target.resolve("config.yaml").toFile(), Map.of("env.java.opts.all", options.asText()));
        return target;
    }
}
