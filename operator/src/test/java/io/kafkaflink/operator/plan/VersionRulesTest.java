package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.operator.desired.VersionPair;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink x connector: what may follow what under which policy; docs/changes.md has the same table. */
class VersionRulesTest {

    @ParameterizedTest(name = "{0} -> {1} with {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            v1_20 3.3.0 | v1_20 3.4.0 | Strict                | CONNECTOR | -
            v2_1 5.0.0  | v2_2 5.0.0  | Strict                | FLINK     | -
            v2_2 5.0.0  | v2_2 5.0.0  | Strict                | NONE      | -
            v1_20 3.4.0 | v2_2 5.0.0  | Strict                | BOTH      | VersionsChangeTogether
            v1_20 3.4.0 | v2_1 5.0.0  | Strict                | BOTH      | VersionsChangeTogether
            v1_20 3.4.0 | v2_2 5.0.0  | AllowUntestedPair     | BOTH      | VersionsChangeTogether
            v1_20 3.4.0 | v2_2 5.0.0  | CombinedWithHandover  | BOTH      | VersionsChangeTogether
            v1_20 3.3.0 | v2_2 5.0.0  | CombinedWithHandover  | BOTH      | VersionsChangeTogether
            v2_2 5.0.0  | v2_1 5.0.0  | CombinedWithHandover  | DOWN      | VersionDowngradeRefused
            v1_20 3.4.0 | v1_20 3.3.0 | CombinedWithHandover  | DOWN      | VersionDowngradeRefused
            v2_2 5.0.0  | v1_20 3.4.0 | CombinedWithHandover  | DOWN      | VersionDowngradeRefused
            """)
    void table(String from, String to, String policy, String hop, String reason) {
        Situation situation = situation("versionPolicy: " + policy);

        assertThat(VersionRules.hop(pair(from), pair(to)).name()).isEqualTo(hop);
        assertThat(VersionRules.refusal(situation, pair(from), pair(to)).map(Refusal::reason))
                .isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest(name = "acknowledged \"{0}\": refused {1}")
    @CsvSource(delimiter = '|', textBlock = """
            1.20/3.4.0->2.2/5.0.0 | false
            1.20/3.4.0->2.1/5.0.0 | true
            1.20/3.3.0->2.2/5.0.0 | true
            2.2/5.0.0             | true
            """)
    @DisplayName("both at once needs exactly this acknowledgement")
    void acknowledged(String value, boolean refused) {
        Situation situation =
                situation("versionPolicy: CombinedWithHandover, acknowledge: [{risk: CombinedUpgrade, value:" + " \""
                        + value + "\"}]");

        assertThat(VersionRules.refusal(situation, pair("v1_20 3.4.0"), pair("v2_2 5.0.0")))
                .matches(refusal -> refusal.isPresent() == refused);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v1_20 3.3.0 | v2_2 5.0.0 | Set 1.20/3.4.0 first
            v1_20 3.4.0 | v2_2 5.0.0 | Set versionPolicy: CombinedWithHandover and acknowledge {risk: CombinedUpgrade, value: "1.20/3.4.0->2.2/5.0.0"}
            """)
    @DisplayName("a refusal names the way")
    void way(String from, String to, String way) {
        assertThat(VersionRules.refusal(situation("versionPolicy: Strict"), pair(from), pair(to)))
                .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains(way));
    }

    private static Situation situation(String upgrade) {
        Scene scene = new Scene();
        scene.spec = Scene.spec(Scene.SPEC + "upgrade: {" + upgrade + "}");
        return scene.situation();
    }

    private static VersionPair pair(String text) {
        return new VersionPair(text.split(" ")[0], text.split(" ")[1]);
    }
}
