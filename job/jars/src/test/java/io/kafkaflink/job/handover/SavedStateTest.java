package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.job.TestPair;
import io.kafkaflink.model.OperatorIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States made with Flink's own writers, as large as they get. */
@Tag("every-pair")
class SavedStateTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "compressed: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Offsets, markers included, of 720 partitions in 360 subtasks")
    void offsets(boolean compressed) throws Exception {
        OperatorState source = SavedStates.operator("source-1", 360, 720);
        for (int subtask = 0; subtask < 360; subtask++) {
            source.putState(
                    subtask,
                    SavedStates.subtask(
                            List.of(
                                    SavedStates.split(2 * subtask, 1000L + subtask),
                                    SavedStates.split(2 * subtask + 1, -(subtask % 3) - 1)),
                            compressed));
        }
        SavedStates.write(folder, 218, List.of(source));
        SavedState state = SavedState.read(folder.toUri().toString(), ConnectorLine.onClassPath());
        assertThat(state.checkpointId()).isEqualTo(218);
        assertThat(state.operators())
                .containsExactly(new SavedOperator(OperatorIds.of("source-1"), uid("source-1"), 720, true));
        SavepointOffsets offsets = state.offsets("source-1");
        assertThat(offsets.offsets()).hasSize(720);
        assertThat(offsets.largestSubtask()).isEqualTo(2);
        assertThat(offsets.offsets())
                .containsEntry(SavedStates.partition(0), 1000L)
                .containsEntry(SavedStates.partition(1), -1L)
                .containsEntry(SavedStates.partition(3), -2L)
                .containsEntry(SavedStates.partition(5), -3L)
                .containsEntry(SavedStates.partition(718), 1359L);
        assertThat(state.offsets("source-2")).isEqualTo(SavepointOffsets.NONE);
    }

    @Test
    @DisplayName("10 MB of metadata are read within 2 s, 720 partitions included")
    void large() throws Exception {
        List<OperatorState> operators = new ArrayList<>();
        OperatorState source = SavedStates.operator("source-1", 720, 720);
        IntStream.range(0, 720)
                .forEach(i -> source.putState(i, SavedStates.subtask(List.of(SavedStates.split(i, i)), false)));
        operators.add(source);
        for (int operator = 0; operator < 8; operator++) {
            String uid = "step-" + operator;
            OperatorState state = SavedStates.operator(uid, 720, 720);
            IntStream.range(0, 720).forEach(i -> state.putState(i, SavedStates.raw(1_700)));
            operators.add(state);
        }
        SavedStates.write(folder, 9, operators);
        assertThat(Files.size(folder.resolve("_metadata"))).isGreaterThan(10_000_000);
        // The first read loads classes, as it does in a JobManager: it counts.
        long begin = System.nanoTime();
        SavedState state = SavedState.read(folder.toUri().toString(), ConnectorLine.onClassPath());
        assertThat(state.offsets("source-1").offsets()).hasSize(720);
        GraphComparison comparison =
                GraphComparison.of(List.of("source-2", "step-3"), 720, state.operators(), List.of("source-1"));
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        System.err.println("10 MB of metadata, 720 partitions: " + taken.toMillis() + " ms");
        assertThat(comparison.dropped()).hasSize(8).contains("source-1");
        assertThat(taken).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a savepoint at all, only text", "0000000000000000000000000000"})
    void damaged(String bytes) throws IOException {
        Files.writeString(folder.resolve("_metadata"), bytes, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SavedState.read(folder.toUri().toString(), ConnectorLine.onClassPath()))
                .isInstanceOf(UnreadableState.class)
                .hasMessageStartingWith("State " + folder.toUri() + " cannot be read: ");
    }

    @Test
    void truncated() throws Exception {
        OperatorState source = SavedStates.operator("source-1", 1, 720);
        source.putState(0, SavedStates.subtask(List.of(SavedStates.split(0, 5)), false));
        SavedStates.write(folder, 1, List.of(source));
        byte[] whole = Files.readAllBytes(folder.resolve("_metadata"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(folder.resolve("_metadata"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SavedState.read(folder.toUri().toString(), ConnectorLine.onClassPath()))
                    .isInstanceOf(UnreadableState.class);
        }
    }

    @Test
    void missing() {
        assertThatThrownBy(
                        () -> SavedState.read(folder.resolve("gone").toUri().toString(), ConnectorLine.onClassPath()))
                .isInstanceOf(UnreadableState.class)
                .hasMessageContaining("gone");
    }

    /** Savepoints of Flink 1.20 do not name uids. */
    private static Optional<String> uid(String uid) {
        return TestPair.LINE.startsWith("1.") ? Optional.empty() : Optional.of(uid);
    }
}
