package io.kafkaflink.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.kafkaflink.model.handover.ArmVerdict;
import io.kafkaflink.model.handover.HandoverJson;
import io.kafkaflink.model.handover.HandoverKeys;
import io.kafkaflink.model.handover.Reading;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandoverReaderTest {
    private static final String JOB = "088f0c0ce3e493f1eaacddca890da95a";
    private static final String ARMED =
            "{\"version\":1,\"jobId\":\"" + JOB + "\",\"revision\":\"p1-12345678\",\"verdict\":\"Fit\"}";

    @Test
    @DisplayName("what was said and what was not")
    void documents() {
        HandoverState state = HandoverReader.read(handover(Map.of(HandoverKeys.ARMED, ARMED)));

        assertThat(state.resourceVersion()).isEqualTo("7");
        assertThat(state.armed()).isInstanceOfSatisfying(Reading.Found.class, found -> assertThat(
                        ((ArmVerdict) found.document()).verdict())
                .isEqualTo(ArmVerdict.Verdict.Fit));
        assertThat(state.order()).isInstanceOf(Reading.Absent.class);
        assertThat(state.go()).isInstanceOf(Reading.Absent.class);
        assertThat(state.result()).isInstanceOf(Reading.Absent.class);
        assertThat(state.verified()).isInstanceOf(Reading.Absent.class);
        assertThat(HandoverReader.read(handover(null)).armed()).isInstanceOf(Reading.Absent.class);
    }

    @Test
    @DisplayName("a job that writes a megabyte or nonsense is not believed, and does not fill the memory")
    void untrusted() {
        HandoverStore store = new HandoverStore();
        store.put(
                "ns/p1-a-handover",
                handover(Map.of(
                        HandoverKeys.ARMED,
                        "\"" + "x".repeat(1_000_000) + "\"",
                        HandoverKeys.RESULT,
                        "{}",
                        HandoverKeys.VERIFIED,
                        "no json",
                        "other",
                        "x".repeat(10_000))));

        ConfigMap kept = store.get("ns/p1-a-handover");
        assertThat(kept.getData().get(HandoverKeys.ARMED)).hasSize(HandoverJson.LARGEST + 1);
        assertThat(kept.getData()).doesNotContainKey("other");
        HandoverState state = HandoverReader.read(kept);
        assertThat(state.armed()).isInstanceOf(Reading.Unreadable.class);
        assertThat(state.result()).isInstanceOf(Reading.Unreadable.class);
        assertThat(state.verified()).isInstanceOf(Reading.Unreadable.class);
    }

    @Test
    @DisplayName("what a cache keeps says the same")
    void kept() {
        HandoverStore store = new HandoverStore();
        ConfigMap full = handover(Map.of(HandoverKeys.ARMED, ARMED));

        store.put("ns/p1-a-handover", full);

        ConfigMap kept = store.get("ns/p1-a-handover");
        assertThat(HandoverReader.read(kept)).isEqualTo(HandoverReader.read(full));
        assertThat(kept.getMetadata().getLabels()).isEqualTo(full.getMetadata().getLabels());
        assertThat(HandoverReader.differ(kept, full)).isFalse();
        assertThat(HandoverReader.differ(handover(null), full)).isTrue();
    }

    private static ConfigMap handover(Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("p1-a-handover")
                .withNamespace("ns")
                .withResourceVersion("7")
                .addToLabels("kafkaflink.io/handover", "true")
                .endMetadata()
                .withData(data)
                .build();
    }
}
