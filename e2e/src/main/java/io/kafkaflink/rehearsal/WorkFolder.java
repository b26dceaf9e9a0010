package io.kafkaflink.rehearsal;

import io.kafkaflink.processes.ProcessLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The folder with logs and data of one run. */
final class WorkFolder {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneId.systemDefault());

    private WorkFolder() {}

    /**
     * Makes one, and has everything logged in it. Called before the first logger starts.
     *
     * @param named where the user wants it: a folder of this run's own in there, for a broker would go on with the data
     *     of the last; absolute, for Flink runs elsewhere. Absent: a temporary folder
     */
    static Path make(Optional<Path> named, Instant began) throws IOException {
        Path folder = named.isPresent()
                ? Files.createDirectories(named.get()
                        .toAbsolutePath()
                        .resolve(RUN.format(began) + "-"
                                + ProcessHandle.current().pid()))
                : Files.createTempDirectory("kafkaflink-rehearsal-");
        System.setProperty(
                "kafkaflink.rehearsal.log", folder.resolve("rehearsal.log").toString());
        return folder;
    }

    /** Has a temporary one deleted in the end. */
    static void discard(Optional<Path> named, Path folder, ProcessLedger ledger) throws IOException {
        if (named.isEmpty()) {
            ledger.deleteOnClose(folder);
        }
    }
}
