package io.kafkaflink.rehearsal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Saves the logs of a rehearsal that failed from the folder that goes with it. */
record FailureLogs(Path workDir, Path place) {
    /** Copies every log of the work folder and says where to. */
    void keep(PrintWriter out) {
        try (Stream<Path> files = Files.walk(workDir)) {
            List<Path> logs = files.filter(file -> file.toString().matches(".*\\.(log|out|err)"))
                    .toList();
            Path folder = place.resolve(Long.toString(ProcessHandle.current().pid()));
            for (Path log : logs) {
                Path copy = folder.resolve(workDir.relativize(log));
                Files.createDirectories(copy.getParent());
                Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            out.println("logs of all processes: " + folder);
        } catch (IOException failed) {
            out.println("the logs in " + workDir + " could not be saved: " + failed);
        }
        out.flush();
    }
}
