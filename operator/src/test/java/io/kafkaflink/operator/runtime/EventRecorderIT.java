package io.kafkaflink.operator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.status.Note;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@RequiresKubeApi
class EventRecorderIT {
    private final KubernetesClient client;
    private final TestNamespace namespace;

    EventRecorderIT(KubernetesClient client, TestNamespace namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    @Test
    @DisplayName("the same Event is one object with a count, another one is another, and a long message is cut")
    void events() {
        KafkaFlinkPipeline pipeline = new KafkaFlinkPipeline();
        pipeline.setMetadata(new ObjectMetaBuilder()
                .withName("clicks")
                .withNamespace(namespace.name())
                .withUid("7d1c8f0a-0000-4000-8000-000000000001")
                .build());
        Note started = new Note(Note.Severity.Normal, "UpgradeStarted", "Growth to revision clicks-1");
        Note failed = new Note(Note.Severity.Warning, "JobFailed", "ü".repeat(2_000));

        try (EventRecorder recorder = new EventRecorder(client, Clock.systemUTC())) {
            recorder.record(pipeline, started);
            recorder.record(pipeline, started);
            recorder.record(pipeline, started);
            recorder.record(pipeline, failed);
        }

        List<Event> events =
                client.v1().events().inNamespace(namespace.name()).list().getItems();
        assertThat(events).hasSize(2);
        assertThat(events)
                .filteredOn(event -> event.getReason().equals("UpgradeStarted"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getCount()).isEqualTo(3);
                    assertThat(event.getType()).isEqualTo("Normal");
                    assertThat(event.getInvolvedObject().getName()).isEqualTo("clicks");
                    assertThat(event.getReportingComponent()).isEqualTo("kafkaflink-operator");
                });
        assertThat(events)
                .filteredOn(event -> event.getReason().equals("JobFailed"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getMessage().getBytes(StandardCharsets.UTF_8).length)
                            .isLessThanOrEqualTo(1024);
                    assertThat(event.getMessage()).endsWith("ü …");
                });
    }
}
