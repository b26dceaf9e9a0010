package io.kafkaflink.job.handover;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The folder in which Flink keeps the checkpoints of one job, {@code chk-<number>} each.
 *
 * @param uri of the folder; may not exist yet
 */
record CheckpointFolder(String uri) {
    private static final Pattern CHECKPOINT = Pattern.compile("chk-([0-9]{1,18})");
    private static final String METADATA = "_metadata";

    /** Where Flink puts the checkpoints of a job; empty when its configuration names no directory. */
    static Optional<CheckpointFolder> of(ReadableConfig flink, String jobId) {
        return flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .map(directory -> new CheckpointFolder(
                        flink.get(CheckpointingOptions.CREATE_CHECKPOINT_SUB_DIR)
                                ? directory.replaceAll("/+$", "") + "/" + jobId
                                : directory));
    }

    /** Number of the newest complete checkpoint; its {@code _metadata} is written last. */
    OptionalLong newest() throws IOException {
        Path folder = new Path(uri);
        FileSystem files = folder.getFileSystem();
        // Asked first: object stores have no empty folders, and local ones throw.
        if (!files.exists(folder)) {
            return OptionalLong.empty();
        }
        OptionalLong newest = OptionalLong.empty();
        FileStatus[] entries = files.listStatus(folder);
        for (FileStatus entry : entries == null ? new FileStatus[0] : entries) {
            Matcher name = CHECKPOINT.matcher(entry.getPath().getName());
            if (name.matches()
                    && Long.parseLong(name.group(1)) > newest.orElse(-1)
                    && files.exists(new Path(entry.getPath(), METADATA))) {
                newest = OptionalLong.of(Long.parseLong(name.group(1)));
            }
        }
        return newest;
    }

    String path(long checkpoint) {
        return uri + "/chk-" + checkpoint;
    }
}
