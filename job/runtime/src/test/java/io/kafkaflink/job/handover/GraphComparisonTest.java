package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.model.OperatorIds;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import io.kafkaflink.model.handover.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GraphComparisonTest {
    private static final List<String> NEW_GRAPH =
            List.of("source-2", "step-seen", "sink-main-1", "Sink Committer: sink-main-1", "step-filter");

    private static SavedOperator saved(String uid, int maxParallelism, boolean hasState) {
        return new SavedOperator(OperatorIds.of(uid), Optional.empty(), maxParallelism, hasState);
    }

    private static final List<SavedOperator> STATE = List.of(
            saved("source-1", 720, true),
            saved("step-seen", 720, true),
            saved("step-gone", 720, true),
            saved("step-filter", 720, false),
            saved("step-stateless-gone", 720, false),
            saved("sink-main-1", 720, true),
            saved("Sink Committer: sink-main-1", 720, true));

    @Test
    @DisplayName("What has state and a place is restored, what has none is dropped, what nobody misses is neither")
    void compares() {
        GraphComparison comparison = GraphComparison.of(NEW_GRAPH, 720, STATE, List.of("source-1"));
        assertThat(comparison.restored()).containsExactly("step-seen", "sink-main-1", "Sink Committer: sink-main-1");
        assertThat(comparison.added()).containsExactly("source-2", "step-filter");
        assertThat(comparison.dropped()).containsExactlyInAnyOrder("source-1", OperatorIds.of("step-gone"));
        assertThat(comparison.otherMaxParallelism()).isEmpty();
    }

    @Test
    @DisplayName("A savepoint of Flink 2.x names its operators itself")
    void namesOfTheSavepoint() {
        SavedOperator named = new SavedOperator(OperatorIds.of("step-gone"), Optional.of("step-gone"), 720, true);
        assertThat(GraphComparison.of(NEW_GRAPH, 720, List.of(named), List.of()).dropped())
                .containsExactly("step-gone");
    }

    @Test
    @DisplayName("Expected drops are fine, others need an acknowledgement of that very operator")
    void droppedState() {
        GraphComparison comparison = GraphComparison.of(NEW_GRAPH, 720, STATE, List.of("source-1", "step-gone"));
        assertThat(GraphChecks.comparison(comparison, 720, List.of("source-1", "step-gone"), List.of()))
                .isEmpty();
        assertThat(GraphChecks.comparison(comparison, 720, List.of("source-1"), List.of()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Verdict.Dropping);
                    assertThat(finding.reason().acknowledge())
                            .isEqualTo(new Acknowledgement("DroppedState", "step-gone"));
                });
        List<Acknowledgement> accepted = List.of(new Acknowledgement("DroppedState", "step-gone"));
        assertThat(GraphChecks.comparison(comparison, 720, List.of("source-1"), accepted))
                .extracting(Finding::severity)
                .containsExactly(Verdict.Fit);
    }

    @Test
    @DisplayName("An expected uid also covers an operator that the savepoint only has an id of")
    void expectedById() {
        GraphComparison comparison = GraphComparison.of(NEW_GRAPH, 720, STATE, List.of());
        assertThat(comparison.droppedBeyond(List.of("source-1", "step-gone"))).isEmpty();
    }

    @Test
    void maxParallelism() {
        GraphComparison comparison = GraphComparison.of(NEW_GRAPH, 128, STATE, List.of());
        assertThat(comparison.otherMaxParallelism())
                .isEqualTo(Map.of(
                        "step-seen", 720, "step-filter", 720, "sink-main-1", 720, "Sink Committer: sink-main-1", 720));
        assertThat(GraphChecks.comparison(comparison, 128, comparison.dropped(), List.of()))
                .extracting(Finding::reason)
                .contains(Reason.of(
                        "MaxParallelismChanged",
                        "Operator step-seen: found a maximum parallelism of 720 in the state, expected 128; Flink cannot"
                                + " change it. Set state.maxParallelism back to 720"));
    }

    @Test
    @DisplayName("Under a kept uid a source would go on with the topics of its state")
    void subscription() {
        SavepointOffsets saved = new SavepointOffsets(Map.of(new TopicPartition("a", 0), 1L), 1);
        assertThat(GraphChecks.subscription(saved, List.of("a"), "source-1")).isEmpty();
        assertThat(GraphChecks.subscription(SavepointOffsets.NONE, List.of("a", "b"), "source-2"))
                .isEmpty();
        assertThat(GraphChecks.subscription(saved, List.of("b", "a"), "source-1"))
                .extracting(finding -> finding.reason().message())
                .containsExactly(
                        "Source source-1: found topics [a] in its state, expected [a, b]; give the source a new uid"
                                + " (uidChangeNonce) together with new topics");
    }
}
