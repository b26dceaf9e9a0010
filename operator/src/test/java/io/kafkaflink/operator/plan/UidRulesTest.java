package io.kafkaflink.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.desired.Partitions;
import io.kafkaflink.operator.desired.Revision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which uids are new; docs/changes.md has the same table. */
class UidRulesTest {
    private static final String OLD = Scene.SPEC.replace(
            "flinkVersion: v2_2, connectorVersion: 5.0.0", "flinkVersion: v1_20, connectorVersion: 3.4.0");

    @ParameterizedTest(name = "{0}, {4}: source {5}, sink {6}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            configuration            | new | keyBy: user}} | keyBy: user, as: n}} | Auto      | keep | keep | Configuration
            growth                   | new | ``            | ``                   | Auto      | new  | keep | Growth
            subscription             | new | {name: in,    | {name: clicks,       | Auto      | new  | keep | Subscription
            to a pattern             | new | topics: [{name: in, partitions: 2}] | topicPattern: in-.* | Auto | new | keep | Subscription
            to a set                 | new | topics: [{name: in, partitions: 2}] | partitions: [{topic: in, partition: 0}, {topic: in, partition: 1}] | Auto | new | keep | Subscription
            Flink only               | 2.1 | ``            | ``                   | Auto      | keep | keep | FlinkVersion
            Flink only               | 2.1 | ``            | ``                   | NewUids   | keep | keep | FlinkVersion
            connector only           | 3.3 | ``            | ``                   | Auto      | keep | keep | ConnectorVersion
            connector only           | 3.3 | ``            | ``                   | NewUids   | new  | new  | ConnectorVersion
            both, naming changes     | 3.4 | ``            | ``                   | Auto      | keep | new  | Combined
            both                     | 3.4 | ``            | ``                   | NewUids   | new  | new  | Combined
            both, naming stays       | 3.4 | keyField: user} | keyField: user, delivery: {transactionNaming: Incrementing}} | Auto | keep | keep | Combined
            nonce                    | new | nonce         | nonce                | Auto      | new  | new  | UidChange
            request                  | new | request       | request              | Auto      | new  | new  | UidChange
            """)
    @DisplayName("the table of new uids")
    void table(
            String what,
            String before,
            String from,
            String to,
            String policy,
            String source,
            String sink,
            String kind) {
        Revision deployed = revision(before);
        int parallelism = what.equals("growth") ? 4 : 2;
        PipelineSpec wanted = wanted(before, from, to, policy);
        String request = what.equals("request") ? "abc" : null;

        UidRules rules = UidRules.of(deployed, wanted, Partitions.all(parallelism), new UidRules.Asked(false, request));

        assertThat(rules.source().isPresent()).isEqualTo(source.equals("new"));
        assertThat(rules.sinks().containsKey("main")).isEqualTo(sink.equals("new"));
        Uids uids = rules.applied(deployed.uids(), new Generations(List.of(deployed), deployed.uids()));
        assertThat(uids.source()).isEqualTo(source.equals("new") ? "source-2" : "source-1");
        assertThat(uids.sinks()).containsExactly(Map.entry("main", sink.equals("new") ? "sink-main-2" : "sink-main-1"));
        assertThat(kind(deployed, wanted, uids, parallelism)).isEqualTo(ChangeKind.valueOf(kind));
        PipelineSpec keepState = wanted(before, from, to, "KeepState");
        boolean anyNew = !UidRules.of(
                        deployed, keepState, Partitions.all(parallelism), new UidRules.Asked(false, request))
                .keepAll();
        assertThat(UidRules.of(deployed, keepState, Partitions.all(parallelism), new UidRules.Asked(false, request))
                        .refusal(keepState, deployed.versions())
                        .isPresent())
                .as("KeepState refuses")
                .isEqualTo(anyNew);
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            topicPattern: a.*                        | topicPattern: a.*                        | keep
            topicPattern: a.*                        | topicPattern: b.*                        | new
            topicPattern: a.*                        | topics: [{name: in, partitions: 2}]      | new
            partitions: [{topic: in, partition: 0}, {topic: b, partition: 7}] | partitions: [{topic: b, partition: 7}, {topic: in, partition: 0}] | keep
            partitions: [{topic: in, partition: 0}, {topic: b, partition: 7}] | partitions: [{topic: b, partition: 6}, {topic: in, partition: 0}] | new
            """)
    @DisplayName("another pattern and another set of partitions are another subscription")
    void subscriptions(String before, String after, String source) {
        PipelineSpec from = Scene.spec(Scene.SPEC.replace("topics: [{name: in, partitions: 2}]", before));
        PipelineSpec to = Scene.spec(Scene.SPEC.replace("topics: [{name: in, partitions: 2}]", after));
        Revision deployed = Scene.render(from, Target.firstUids(from), 2);

        UidRules rules = UidRules.of(deployed, to, Partitions.all(2), new UidRules.Asked(false, null));

        assertThat(rules.source().isPresent()).isEqualTo(source.equals("new"));
        Uids uids = rules.applied(deployed.uids(), new Generations(List.of(deployed), deployed.uids()));
        assertThat(kind(deployed, to, uids, 2))
                .isEqualTo(source.equals("new") ? ChangeKind.Subscription : ChangeKind.None);
    }

    @Test
    @DisplayName("a generation is never used again, even when it was rolled back")
    void generations() {
        Uids deployed = new Uids("source-3", Map.of("main", "sink-main-1"));
        Revision rejected = revision("new");
        Generations generations = new Generations(List.of(rejected), deployed);

        assertThat(generations.next("source-3")).isEqualTo("source-4");
        assertThat(generations.next("source-1")).isEqualTo("source-4");
        assertThat(generations.next("sink-main-1")).isEqualTo("sink-main-2");
        assertThat(generations.next("odd")).isEqualTo("odd-2");
    }

    private static ChangeKind kind(Revision deployed, PipelineSpec wanted, Uids uids, int parallelism) {
        return ChangeClass.of(deployed, Scene.render(wanted, uids, parallelism)).kind();
    }

    private static Revision revision(String before) {
        PipelineSpec spec = Scene.spec(
                switch (before) {
                    case "2.1" -> Scene.SPEC.replace("flinkVersion: v2_2", "flinkVersion: v2_1");
                    case "3.3" -> OLD.replace("3.4.0", "3.3.0");
                    case "3.4" -> OLD;
                    default -> Scene.SPEC;
                });
        return Scene.render(spec, Target.firstUids(spec), 2);
    }

    private static PipelineSpec wanted(String before, String from, String to, String policy) {
        String base = before.equals("3.3") ? OLD : Scene.SPEC;
        boolean nonce = from.equals("nonce");
        String text = from.isEmpty() || nonce || from.equals("request") ? base : base.replace(from, to);
        return Scene.spec(text + "upgrade: {uidPolicy: " + policy + (nonce ? ", uidChangeNonce: 1" : "") + "}");
    }
}
