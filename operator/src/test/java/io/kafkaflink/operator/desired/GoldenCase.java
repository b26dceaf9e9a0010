package io.kafkaflink.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of a pipeline and what was observed of its world ({@code in-*.yaml}) and the children that follow from them
 * ({@code out-<Kind>-<name>.yaml}).
 */
record GoldenCase(Path folder, PipelineId pipeline, PipelineSpec spec, JsonNode observed) {
    static final Path ROOT = Path.of("src/test/resources/golden/desired");
    static final OperatorDefaults DEFAULTS = new OperatorDefaults(
            Map.of(
                    new VersionPair("v2_2", "5.0.0"),
                    "registry.example.org/kafkaflink/job:0.1.0-flink2.2-connector5.0.0"),
            null,
            "flink",
            "");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    static List<GoldenCase> all() {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(GoldenCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GoldenCase read(Path folder) {
        try {
            KafkaFlinkPipeline resource = pipeline(Files.readString(folder.resolve("in-pipeline.yaml")));
            PipelineId id = new PipelineId(
                    resource.getMetadata().getNamespace(),
                    resource.getMetadata().getName(),
                    resource.getMetadata().getUid());
            JsonNode observed = YAML.readTree(Files.readString(folder.resolve("in-observed.yaml")));
            return new GoldenCase(folder, id, resource.getSpec(), observed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static KafkaFlinkPipeline pipeline(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, KafkaFlinkPipeline.class);
    }

    static Uids firstUids(PipelineSpec spec) {
        Map<String, String> sinks = new TreeMap<>();
        spec.sinks().forEach(sink -> sinks.put(sink.name(), "sink-" + sink.name() + "-1"));
        return new Uids("source-1", sinks);
    }

    String name() {
        return folder.getFileName().toString();
    }

    KafkaAccess access() {
        List<String> certificates = new ArrayList<>();
        observed.get("certificates").forEach(certificate -> certificates.add(certificate.asText()));
        return new KafkaAccess(observed.get("bootstrapServers").asText(), certificates);
    }

    int parallelism() {
        return observed.get("parallelism").asInt();
    }

    Revision revision() {
        return Revisions.render(
                pipeline,
                spec,
                access(),
                GroupIds.of(pipeline, spec, DEFAULTS),
                firstUids(spec),
                null,
                Partitions.all(parallelism()),
                DEFAULTS);
    }

    HasMetadata deployment() {
        JobRequest request = spec.suspend() ? JobRequest.suspended() : JobRequest.running();
        return FlinkDeployments.of(pipeline, Slot.A, revision(), request, Optional.empty());
    }

    /** All children, by the name of their golden file. */
    SortedMap<String, String> children() {
        Revision revision = revision();
        SortedMap<String, String> files = new TreeMap<>();
        KafkaTopics.managed(spec, pipeline).forEach(topic -> add(files, KafkaTopics.toResource(topic, pipeline)));
        add(files, Revisions.toControllerRevision(revision, pipeline, true));
        add(files, Revisions.toConfigMap(revision, pipeline, true));
        add(files, deployment());
        return files;
    }

    private static void add(Map<String, String> files, HasMetadata child) {
        files.put("out-" + child.getKind() + "-" + child.getMetadata().getName() + ".yaml", yaml(child));
    }

    /** A resource with sorted keys. */
    static String yaml(HasMetadata resource) {
        try {
            return YAML.writeValueAsString(CanonicalJson.tree(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
