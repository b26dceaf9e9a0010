package io.kafkaflink.rehearsal.upgrade;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.rehearsal.stage.JobVersions;
import java.util.function.Consumer;

/** Changes of a spec as its owner would make them. */
final class SpecEdit {
    private SpecEdit() {}

    /** Flink and connector version. */
    static Consumer<ObjectNode> versions(JobVersions versions) {
        return spec -> spec.withObjectProperty("flink")
                .put("flinkVersion", versions.flinkVersion())
                .put("connectorVersion", versions.connector());
    }

    /** A field of {@code spec.upgrade}. */
    static Consumer<ObjectNode> upgrade(String field, String value) {
        return spec -> spec.withObjectProperty("upgrade").put(field, value);
    }

    static Consumer<ObjectNode> uidChangeNonce(int nonce) {
        return spec -> spec.withObjectProperty("upgrade").put("uidChangeNonce", nonce);
    }

    /** Deadlines short enough for a rehearsal: of the verdict, and of the first checkpoint. */
    static Consumer<ObjectNode> deadlines(String arm, String start) {
        return spec -> {
            ObjectNode upgrade = spec.withObjectProperty("upgrade");
            upgrade.withObjectProperty("stepTimeouts").put("arm", arm).put("start", start);
            upgrade.withObjectProperty("rollback").put("deadline", start);
        };
    }

    static Consumer<ObjectNode> acknowledge(String risk, String value) {
        return spec -> spec.withObjectProperty("upgrade")
                .withArrayProperty("acknowledge")
                .addObject()
                .put("risk", risk)
                .put("value", value);
    }

    static Consumer<ObjectNode> image(String name) {
        return spec -> spec.withObjectProperty("flink").put("image", name);
    }

    /** An option that restarts the job and changes nothing else. */
    static Consumer<ObjectNode> flinkOption(String key, String value) {
        return spec -> spec.withObjectProperty("flink")
                .withObjectProperty("flinkConfiguration")
                .put(key, value);
    }

    /** Checkpoints so rare that none completes while anybody waits. */
    static Consumer<ObjectNode> rareCheckpoints() {
        return spec -> {
            spec.withObjectProperty("state").put("checkpointInterval", "10m").put("checkpointTimeout", "1m");
            spec.withObjectProperty("upgrade")
                    .withObjectProperty("stepTimeouts")
                    .put("handover", "30s");
        };
    }

    static Consumer<ObjectNode> suspend(boolean suspended) {
        return spec -> spec.put("suspend", suspended);
    }

    /** Partitions of the first input topic. */
    static Consumer<ObjectNode> inputPartitions(int partitions) {
        return spec -> ((ObjectNode) spec.at("/source/kafka/topics/0")).put("partitions", partitions);
    }

    /** One more input topic. */
    static Consumer<ObjectNode> moreInput(String topic, int partitions) {
        return spec -> spec.withObjectProperty("source")
                .withObjectProperty("kafka")
                .withArrayProperty("topics")
                .addObject()
                .put("name", topic)
                .put("partitions", partitions);
    }

    /** Type of the field that numbers the records: with Boolean every record is unreadable. */
    static Consumer<ObjectNode> typeOfNumber(String type) {
        return spec -> ((ObjectNode) spec.at("/source/kafka/format/json/fields/1")).put("type", type);
    }

    /** How long the broker keeps transactions of the sink open. */
    static Consumer<ObjectNode> transactionTimeout(String timeout) {
        return spec -> ((ObjectNode) spec.at("/sinks/0/kafka"))
                .withObjectProperty("delivery")
                .put("transactionTimeout", timeout);
    }

    /** Several at once. */
    @SafeVarargs
    static Consumer<ObjectNode> all(Consumer<ObjectNode>... edits) {
        return spec -> {
            for (Consumer<ObjectNode> edit : edits) {
                edit.accept(spec);
            }
        };
    }
}
