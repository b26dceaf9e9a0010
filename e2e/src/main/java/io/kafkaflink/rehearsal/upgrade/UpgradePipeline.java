package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.stage.JobVersions;
import java.nio.file.Path;
import java.util.Map;

/** The numbered pipeline that scenarios start with. */
final class UpgradePipeline {
    static final String NAMESPACE = "rehearsal";
    private static final String ANYWHERE = "127.0.0.1:9092";

    private UpgradePipeline() {}

    /** What the stage is set up for. */
    static PipelineFile setting() {
        return new PipelineFile(Path.of("upgrades"), skeleton("any", new JobVersions("2.2", "5.0.0"), ANYWHERE, ""));
    }

    /** Records are numbered, counted by key and written exactly once, to as many partitions as they are read from. */
    static NumberedPipeline of(
            String name, JobVersions versions, int partitions, String bootstrapServers, String stateDir) {
        return NumberedPipeline.beside(
                skeleton(name, versions, bootstrapServers, stateDir), bootstrapServers, partitions);
    }

    /**
     * The same with processes that start with less CPU time: they trust the class files, which other plays have verified.
     */
    static NumberedPipeline startedQuickly(NumberedPipeline pipeline) {
        return configured(
                pipeline,
                Map.of("env.java.opts.all", "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"));
    }

    /** The same with more Flink configuration. */
    static NumberedPipeline configured(NumberedPipeline pipeline, Map<String, String> more) {
        more.forEach(((ObjectNode) pipeline.manifest().at("/spec/flink/flinkConfiguration"))::put);
        return pipeline;
    }

    private static ObjectNode skeleton(String name, JobVersions versions, String bootstrapServers, String stateDir) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "kafkaflink.io/v1alpha1").put("kind", PipelineFile.KIND);
        manifest.putObject("metadata").put("name", name).put("namespace", NAMESPACE);
        ObjectNode spec = manifest.putObject("spec");
        spec.putObject("kafka").put("bootstrapServers", bootstrapServers);
        ObjectNode flink = spec.putObject("flink");
        SpecEdit.versions(versions).accept(spec);
        flink.putObject("flinkConfiguration").put("taskmanager.numberOfTaskSlots", "8");
        spec.putObject("state").put("dir", stateDir).put("checkpointInterval", "2s");
        return manifest;
    }
}
