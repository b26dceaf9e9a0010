package io.kafkaflink.doubles.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.doubles.recording.RecordingFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sequences 20 to 28 are one story about one broker; the double has to tell the same. */
class TopicRecordingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final TopicWorld world = new TopicWorld();

    @BeforeAll
    static void updateWhenAsked() {
        if (Boolean.getBoolean("golden.update")) {
            Path raw = RecordingFiles.raw().orElseThrow();
            TopicRecording.NAMES.forEach(name -> RecordingFiles.update(name, TopicRecording.condense(raw, name)));
        }
    }

    @Test
    @DisplayName("the double repeats the recorded sequences 20 to 28")
    void repeats() throws Exception {
        for (String name : TopicRecording.NAMES) {
            TopicRecording.Rows rows = new TopicRecording.Rows();
            world.watch(rows);
            for (String line : RecordingFiles.condensed(name)) {
                if (line.startsWith("> ")) {
                    rows.stimulus(line.substring(2));
                    world.pass(Duration.ofSeconds(4));
                    play(line.substring(2));
                }
            }
            assertThat(rows.lines).as(name).isEqualTo(RecordingFiles.condensed(name));
        }
    }

    @Test
    @DisplayName("the condensed files are what the raw recordings say")
    void condensedFromRaw() {
        Optional<Path> raw = RecordingFiles.raw();
        assumeTrue(raw.isPresent(), "the raw recordings are not beside the checkout");
        for (String name : TopicRecording.NAMES) {
            assertThat(RecordingFiles.condensed(name)).as(name).isEqualTo(TopicRecording.condense(raw.get(), name));
        }
    }

    private void play(String stimulus) throws Exception {
        String[] words = stimulus.split(" ", 3);
        switch (words[0]) {
            case "create" -> create(stimulus.substring("create ".length()));
            case "patch" -> patch(words[1], RecordingFiles.parse(words[2]));
            case "delete" -> world.delete(words[1]);
            case "broker" -> {
                world.kafka.delete(stimulus.substring(stimulus.lastIndexOf(' ') + 1));
                world.resync();
            }
            default -> throw new IllegalStateException("Unknown stimulus " + stimulus);
        }
    }

    private void create(String manifest) throws Exception {
        KafkaTopic topic = KafkaTopicCodec.read(JSON.readValue(manifest, GenericKubernetesResource.class));
        world.create(topic.name(), topic.labels(), topic.annotations(), topic.spec());
    }

    private void patch(String name, JsonNode patch) {
        patch.path("metadata")
                .path("annotations")
                .properties()
                .forEach(e -> world.annotate(
                        name,
                        e.getKey(),
                        e.getValue().isNull() ? null : e.getValue().asText()));
        JsonNode spec = patch.path("spec");
        if (!spec.isMissingNode()) {
            world.edit(name, old -> merge(old, spec));
        }
    }

    private static KafkaTopicSpec merge(KafkaTopicSpec old, JsonNode patch) {
        Map<String, Object> fields = new HashMap<>();
        old.topicName().ifPresent(v -> fields.put("topicName", v));
        old.partitions().ifPresent(v -> fields.put("partitions", v));
        old.replicas().ifPresent(v -> fields.put("replicas", v));
        fields.put("config", old.config());
        patch.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                fields.remove(e.getKey());
            } else {
                fields.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class));
            }
        });
        GenericKubernetesResource carrier = new GenericKubernetesResource();
        carrier.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMeta());
        carrier.setAdditionalProperty("spec", fields);
        return KafkaTopicCodec.read(carrier).spec();
    }
}
