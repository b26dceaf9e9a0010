package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The job of an application cluster.
 *
 * @param jar goes into {@code usrlib}, so its classes are loaded child-first as from an image
 * @param entryClass its main class
 * @param arguments of the main class
 * @param id 32 hexadecimal digits; the same id finds its own checkpoints again in high availability data
 * @param parallelism becomes {@code parallelism.default}
 * @param restoreFrom where it starts from when high availability data hold no checkpoint of this id
 */
public record FlinkJob(
        Path jar,
        String entryClass,
        List<String> arguments,
        String id,
        int parallelism,
        Optional<RestorePath> restoreFrom) {
    public FlinkJob {
        arguments = List.copyOf(arguments);
        if (!id.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("Job id '" + id + "' is not 32 lower-case hexadecimal digits");
        }
    }

    /**
     * A savepoint or retained checkpoint, taken over in the mode NO_CLAIM.
     *
     * @param location path or URI
     * @param allowNonRestoredState state that no operator of the job claims may be dropped
     */
    public record RestorePath(String location, boolean allowNonRestoredState) {}
}
