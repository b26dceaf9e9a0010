package io.kafkaflink.job.handover;

import io.kafkaflink.job.ConnectorLine;
import io.kafkaflink.model.handover.Acknowledgement;
import io.kafkaflink.model.handover.ArmOrder;
import io.kafkaflink.model.handover.ArmVerdict.Verdict;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job left behind that was given the go and deleted again. Its {@code _metadata} is written before its output is
 * committed, so that without a complete checkpoint or savepoint nobody has seen any output of it.
 *
 * @param jobId of that job
 * @param checkpoints empty when it cannot have written any
 * @param savepoints folder that holds the savepoints of all jobs
 */
record AbandonedWork(String jobId, Optional<CheckpointFolder> checkpoints, Optional<String> savepoints) {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedWork.class);

    /** Of the job id in names of savepoints ({@code AbstractFsCheckpointStorageAccess}). */
    private static final int DIGITS = 6;

    /** @param flink configuration of the job that resumes, for what the order leaves out */
    static AbandonedWork of(ArmOrder.Abandoned abandoned, ReadableConfig flink) {
        return new AbandonedWork(
                abandoned.jobId(),
                abandoned.checkpoints() == null
                        ? CheckpointFolder.of(flink, abandoned.jobId())
                        : Optional.of(new CheckpointFolder(abandoned.checkpoints())),
                Optional.ofNullable(abandoned.savepoints())
                        .or(() -> flink.getOptional(CheckpointingOptions.SAVEPOINT_DIRECTORY)));
    }

    static Finding repeated(ArmOrder.Abandoned abandoned, String state, Collection<Acknowledgement> accepted) {
        return Finding.danger(
                Verdict.Unfit,
                "RepeatedOutput",
                abandoned.upgradeId(),
                "Job " + abandoned.jobId() + ", which this one comes back from, completed " + state
                        + ": what it has written since the savepoint would be written again. Start its revision from there"
                        + " instead",
                accepted);
    }

    /**
     * Path of the newest complete state of that job.
     *
     * @param path of the state that both jobs were to start from: a savepoint that is not newer is another job's
     */
    Optional<String> after(String path, ConnectorLine line) throws IOException {
        OptionalLong checkpoint = checkpoints.isPresent() ? checkpoints.get().newest() : OptionalLong.empty();
        long newest = checkpoint.isPresent() ? checkpoint.getAsLong() : number(path, line);
        Optional<String> found =
                checkpoint.isPresent() ? Optional.of(checkpoints.get().path(checkpoint.getAsLong())) : Optional.empty();
        for (String savepoint : savepoints.isPresent() ? own(new Path(savepoints.get())) : List.<String>of()) {
            long number = number(savepoint, line);
            if (number > newest) {
                newest = number;
                found = Optional.of(savepoint);
            }
        }
        return found;
    }

    private List<String> own(Path folder) throws IOException {
        FileSystem files = folder.getFileSystem();
        FileStatus[] entries = files.exists(folder) ? files.listStatus(folder) : null;
        return Stream.ofNullable(entries)
                .flatMap(Arrays::stream)
                .map(FileStatus::getPath)
                .filter(entry -> entry.getName().startsWith("savepoint-" + jobId.substring(0, DIGITS) + "-"))
                .map(Path::toString)
                .toList();
    }

    /** Flink's number of a state; below all others when it is not complete. */
    private static long number(String path, ConnectorLine line) {
        try {
            return SavedState.read(path, line).checkpointId();
        } catch (UnreadableState e) {
            LOG.warn("Not compared: {}", e.getMessage());
            return Long.MIN_VALUE;
        }
    }
}
