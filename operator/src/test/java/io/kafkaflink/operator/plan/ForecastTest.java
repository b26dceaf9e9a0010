package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what would become of a spec")
class ForecastTest {

    private static Forecast of(Scene scene) {
        return PipelinePlanner.forecast(scene.situation());
    }

    @Test
    @DisplayName("the same spec: nothing")
    void nothing() {
        Forecast forecast = of(new Scene().running());
        assertThat(forecast.kind()).isNull();
        assertThat(forecast.writes()).isEmpty();
        assertThat(forecast.refusals()).isEmpty();
        assertThat(forecast.expectedDowntime()).isNull();
    }

    @Test
    @DisplayName("a changed step: a handover with kept uids")
    void configuration() {
        Forecast forecast = of(Stage.changed().scene);
        assertThat(forecast.kind()).isEqualTo("Configuration");
        assertThat(forecast.steps()).containsExactly("1 Arm", "2 Stop", "3 Go", "4 Verify", "5 Settle");
        assertThat(forecast.newUids()).isEmpty();
        assertThat(forecast.dropped()).isEmpty();
        assertThat(forecast.expectedDowntime()).isEqualTo("6s");
        assertThat(forecast.irreversible()).isFalse();
        assertThat(forecast.writes()).hasSize(3);
    }

    @Test
    @DisplayName("a raised nonce: new uids, and the state of the old ones is left behind")
    void newUids() {
        Scene scene = new Scene().running();
        scene.spec = Scene.spec(Scene.SPEC + "upgrade: {uidChangeNonce: 1}");
        Forecast forecast = of(scene);
        assertThat(forecast.kind()).isEqualTo("UidChange");
        assertThat(forecast.newUids()).isEqualTo(Map.of("source-1", "source-2", "sink-main-1", "sink-main-2"));
        assertThat(forecast.dropped()).contains("source-1", "sink-main-1");
    }

    @Test
    @DisplayName("a first start has nothing that pauses")
    void firstStart() {
        Forecast forecast = of(new Scene().withTopics());
        assertThat(forecast.kind()).isEqualTo("FirstStart");
        assertThat(forecast.steps()).containsExactly("1 Arm", "3 Go", "4 Verify", "5 Settle");
        assertThat(forecast.expectedDowntime()).isNull();
    }

    @Test
    @DisplayName("what is refused comes with the entry that allows it; what only takes time is no refusal")
    void refused() {
        Scene scene = new Scene().running();
        scene.edit("name: in, partitions: 2", "name: in, partitions: 4");
        assertThat(of(scene).refusals()).extracting(Forecast.Reason::reason).containsExactly(Reasons.GROWTH_REFUSED);

        scene.spec = Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4")
                + "upgrade: {growth: GrowInPlace}");
        assertThat(of(scene).acknowledgements()).containsExactly("{risk: Reordering, value: \"in 2->4\"}");

        scene.spec = Scene.spec(Scene.SPEC.replace("name: in, partitions: 2", "name: in, partitions: 4")
                + "upgrade: {growth: DrainThenGrow}");
        assertThat(of(scene).refusals()).isEmpty();
        assertThat(of(scene).kind()).isEqualTo("Configuration");
    }
}
