package io.kafkaflink.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.GoOrder;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandoversTest {
    private static final PipelineId PIPELINE = new PipelineId("shop", "clicks", "u1");
    private static final String JOB = "088f0c0ce3e493f1eaacddca890da95a";

    @Test
    @DisplayName("the ConfigMap bears our labels, has no owner and holds our keys alone")
    void configMap() {
        GoOrder go = new GoOrder(
                null, "u", JOB, "s3://b/savepoint-1", GoOrder.Offsets.Savepoint, List.of("source-1"), List.of());

        ConfigMap waiting =
                Handovers.toConfigMap(PIPELINE, Slot.B, order(Map.of("in", 4), null, List.of()), Optional.empty());
        ConfigMap going =
                Handovers.toConfigMap(PIPELINE, Slot.B, order(Map.of("in", 4), null, List.of()), Optional.of(go));

        assertThat(waiting.getMetadata().getName()).isEqualTo("clicks-b-handover");
        assertThat(waiting.getMetadata().getNamespace()).isEqualTo("shop");
        assertThat(waiting.getMetadata().getLabels())
                .containsAllEntriesOf(Labels.of(PIPELINE))
                .containsEntry("kafkaflink.io/handover", "true");
        assertThat(waiting.getMetadata().getOwnerReferences())
                .as("as the FlinkDeployment: a job that is orphaned keeps it")
                .isEmpty();
        assertThat(waiting.getData()).containsOnlyKeys(HandoverKeys.ORDER);
        assertThat(going.getData()).containsOnlyKeys(HandoverKeys.ORDER, HandoverKeys.GO);
        assertThat(HandoverJson.read(going.getData().get(HandoverKeys.GO), GoOrder.class))
                .isEqualTo(new Reading.Found<>(go));
    }

    @Test
    @DisplayName("an order that fits is written whole")
    void whole() {
        ArmOrder order = order(Map.of("in", 4, "out", 8), "s3://b/savepoint-1", accepted(2));
        assertThat(read(order)).isEqualTo(order);
    }

    @Test
    @DisplayName("with the most topics of the longest names the order still fits: numbers of partitions go first")
    void manyTopics() {
        Map<String, Integer> topics = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            topics.put(String.format("%02d-", i) + "t".repeat(i < 50 ? 246 : 20), 720);
        }

        ArmOrder written = read(order(topics, "s3://b/savepoint-1", accepted(3)));

        assertThat(written.partitions()).isNotEmpty().hasSizeLessThan(60);
        assertThat(written.partitions().keySet())
                .filteredOn(name -> name.length() < 30)
                .hasSize(10);
        assertThat(written.newestState()).isEqualTo("s3://b/savepoint-1");
        assertThat(written.acknowledged()).hasSize(3);
    }

    @Property(tries = 200)
    void whateverUsersWriteAnOrderFitsAndKeepsWhatDecides(
            @ForAll @IntRange(max = 60) int topics,
            @ForAll @IntRange(min = 1, max = 240) int length,
            @ForAll @IntRange(max = 20) int accepted,
            @ForAll @IntRange(max = 1000) int path) {
        Map<String, Integer> partitions = new TreeMap<>();
        for (int i = 0; i < topics; i++) {
            partitions.put(i + "-" + "é".repeat(length), i + 1);
        }
        ArmOrder order = order(partitions, "s3://b/" + "p".repeat(path), accepted(accepted));

        ArmOrder written = read(order);

        assertThat(written.upgradeId()).isEqualTo(order.upgradeId());
        assertThat(written.configHash()).isEqualTo(order.configHash());
        assertThat(written.expectedDropped()).isEqualTo(order.expectedDropped());
        assertThat(written.from()).isEqualTo(order.from());
        assertThat(order.partitions()).containsAllEntriesOf(written.partitions());
        assertThat(order.acknowledged()).containsAll(written.acknowledged());
    }

    private static ArmOrder read(ArmOrder order) {
        String json = Handovers.toConfigMap(PIPELINE, Slot.A, order, Optional.empty())
                .getData()
                .get(HandoverKeys.ORDER);
        assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(HandoverJson.LARGEST);
        return ((Reading.Found<ArmOrder>) HandoverJson.read(json, ArmOrder.class)).document();
    }

    private static List<Acknowledgement> accepted(int number) {
        return Collections.nCopies(number, new Acknowledgement("RecordsExpired", "x".repeat(300)));
    }

    private static ArmOrder order(Map<String, Integer> partitions, String newest, List<Acknowledgement> accepted) {
        return new ArmOrder(
                null,
                "20261124-115930",
                "clicks-12345678",
                "a".repeat(64),
                new ArmOrder.From("clicks-87654321", "clicks-a", "source-1", Map.of("main", "sink-main-1"), null),
                List.of("source-1", "sink-main-1"),
                newest,
                "5m",
                partitions,
                accepted,
                null,
                null);
    }
}
