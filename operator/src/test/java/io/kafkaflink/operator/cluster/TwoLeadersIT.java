package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.observe.Definition;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Two operators that both believe to lead, as in the seconds after a lease was lost and not yet noticed. What one has done
 * the other cannot do again: status, FlinkDeployments and handovers are written only over what was looked at.
 */
@RequiresKubeApi
class TwoLeadersIT {
    private static final PipelineText CLICKS = PipelineText.named("clicks");

    private Site first;
    private Site second;

    @BeforeEach
    void bothLead(KubeApi api, TestNamespace namespace) {
        World world = World.of(api);
        first = new Site(world, namespace.name()).withTopicOperator().withOperator();
        second = new Site(world, namespace.name());
        second.settings.putAll(first.settings);
        second.withOperator();
    }

    @AfterEach
    void close() {
        second.stopOperator();
        first.close();
    }

    @Test
    @DisplayName("each change costs one savepoint, no step is made twice, and one FlinkDeployment is left")
    void changes() {
        first.apply(CLICKS);
        first.awaitReady("clicks");

        for (int change = 1; change <= 3; change++) {
            first.apply(CLICKS.withPrefix("change " + change + ": "));
            first.awaitReady("clicks");

            String running = change % 2 == 1 ? "clicks-b" : "clicks-a";
            int savepoints = change;
            first.eventually(
                    () -> assertThat(names(Definition.FLINK_DEPLOYMENT)).containsExactly(running));
            assertThat(names(Definition.FLINK_STATE_SNAPSHOT)).hasSize(savepoints);
            assertThat(status().lastUpgrade().result()).isEqualTo("Succeeded");
            assertThat(status().upgrade()).isNull();
        }
        assertThat(first.requests.writing()).isNotEmpty();
        assertThat(second.requests.writing()).isNotEmpty();
        quiet();
    }

    private void quiet() {
        first.awaitQuiet();
        second.awaitQuiet();
        first.requests.forget();
        second.requests.forget();
        first.poke("clicks");
        assertThat(first.requests.writing()).isEmpty();
        assertThat(second.requests.writing()).isEmpty();
    }

    private PipelineStatus status() {
        return first.pipeline("clicks").getStatus();
    }

    private List<String> names(Definition definition) {
        return first.all(definition).inNamespace(first.namespace).list().getItems().stream()
                .map(found -> found.getMetadata().getName())
                .toList();
    }
}
