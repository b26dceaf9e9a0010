package io.kafkaflink.rehearsal.upgrade;

import io.kafkaflink.rehearsal.pipeline.NumberedPipeline;
import io.kafkaflink.rehearsal.stage.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Class data of a Flink line's processes, which a play writes when it ends and later plays start from: a JobManager and
 * a TaskManager take a third less CPU time to start. Java ignores an archive of other jars or of another Java, so that a
 * play that changes the line only misses the gain.
 *
 * @param folder of the archives of all lines
 * @param line as in {@code 2.2}
 */
record ClassArchive(Path folder, String line) {
    private static final String OPTIONS = "env.java.opts.";

    /** Under the build, so that it goes with {@code mvn clean}. */
    static ClassArchive of(Installation installation, String line) {
        return new ClassArchive(installation.folder().resolve("class-archives"), line);
    }

    /** Makes the processes of this pipeline write the archive as they end, the last one of each kind for good. */
    NumberedPipeline record(NumberedPipeline pipeline) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return UpgradePipeline.configured(pipeline, options("-XX:ArchiveClassesAtExit="));
    }

    /** Makes the processes of this pipeline start from the archive, if there is one that fits. */
    NumberedPipeline use(NumberedPipeline pipeline) {
        return UpgradePipeline.configured(pipeline, options("-XX:SharedArchiveFile="));
    }

    private Map<String, String> options(String option) {
        return Map.of(
                OPTIONS + "jobmanager", option + file("jobmanager"),
                OPTIONS + "taskmanager", option + file("taskmanager"));
    }

    private Path file(String role) {
        return folder.resolve("flink-" + line + "-" + role + ".jsa");
    }
}
