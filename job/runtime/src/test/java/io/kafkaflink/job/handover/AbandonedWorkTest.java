package io.kafkaflink.job.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.model.handover.ArmOrder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedWorkTest {
    private static final String JOB = "89abcdef".repeat(4);

    @TempDir
    Path folder;

    private String start;
    private AbandonedWork work;

    @BeforeEach
    void open() throws IOException {
        start = state("savepoints/savepoint-000000-000000000001", 41);
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"));
        flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri("savepoints"));
        work = AbandonedWork.of(new ArmOrder.Abandoned("upgrade-1", JOB, null, null), flink);
    }

    private String uri(String path) {
        return folder.resolve(path).toUri().toString().replaceAll("/$", "");
    }

    private String state(String path, long number) throws IOException {
        Files.createDirectories(folder.resolve(path));
        try (OutputStream out = Files.newOutputStream(folder.resolve(path).resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(number, List.of(), List.of()), new DataOutputStream(out));
        }
        return uri(path);
    }

    @Test
    @DisplayName(
            "Nothing complete is nothing: no folder, an unfinished checkpoint, savepoints of others or from before")
    void nothing() throws IOException {
        assertThat(work.after(start, null)).isEmpty();
        Files.createDirectories(folder.resolve("checkpoints/" + JOB + "/chk-42"));
        Files.createDirectories(folder.resolve("savepoints/savepoint-89abcd-000000000002"));
        state("checkpoints/" + "0".repeat(32) + "/chk-42", 42);
        state("savepoints/savepoint-111111-000000000003", 50);
        state("savepoints/savepoint-89abcd-000000000004", 40);
        assertThat(work.after(start, null)).isEmpty();
    }

    @Test
    @DisplayName("The newest of its checkpoints and savepoints is found, in the folders of the order too")
    void newest() throws IOException {
        String checkpoint = state("checkpoints/" + JOB + "/chk-42", 42);
        assertThat(work.after(start, null)).contains(checkpoint);
        String savepoint = state("savepoints/savepoint-89abcd-000000000005", 43);
        assertThat(work.after(start, null).map(AbandonedWorkTest::name)).contains(name(savepoint));
        String later = state("checkpoints/" + JOB + "/chk-44", 44);
        assertThat(work.after(start, null)).contains(later);

        String elsewhere = state("elsewhere/savepoint-89abcd-000000000006", 42);
        AbandonedWork moved = AbandonedWork.of(
                new ArmOrder.Abandoned("upgrade-1", JOB, uri("none"), uri("elsewhere")), new Configuration());
        assertThat(moved.after(start, null).map(AbandonedWorkTest::name)).contains(name(elsewhere));
    }

    @Test
    void doesNotTakeAnUnreadableFolderForAnEmptyOne() {
        AbandonedWork unreadable = new AbandonedWork(
                JOB, Optional.of(new CheckpointFolder("nosuchscheme://bucket/job")), Optional.empty());
        assertThatThrownBy(() -> unreadable.after(start, null)).isInstanceOf(IOException.class);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
