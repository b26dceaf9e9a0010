package io.kafkaflink.processes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file of a ledger, one entry a line, only ever appended to: {@code owner PID START}, {@code process PID START} and
 * {@code folder URI}. START is in milliseconds since 1970. A last line without its end is what a kill left: ignored.
 */
record LedgerFile(Path path) {
    static final String SUFFIX = ".ledger";

    /** What a ledger says. */
    record Entries(Optional<ProcessIdentity> owner, List<ProcessIdentity> processes, List<Path> folders) {}

    void owner(ProcessIdentity owner) throws IOException {
        append("owner " + owner.pid() + " " + owner.startMillis());
    }

    void process(ProcessIdentity child) throws IOException {
        append("process " + child.pid() + " " + child.startMillis());
    }

    void folder(Path folder) throws IOException {
        append("folder " + folder.toUri());
    }

    private void append(String line) throws IOException {
        Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    Entries read() throws IOException {
        String text = Files.readString(path);
        ProcessIdentity owner = null;
        List<ProcessIdentity> processes = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "owner" -> owner = identity(words);
                case "process" -> processes.add(identity(words));
                case "folder" -> folders.add(Path.of(URI.create(words[1])));
                default -> throw new IOException("Line of another version in " + path + ": " + line);
            }
        }
        return new Entries(Optional.ofNullable(owner), processes, folders);
    }

    private static ProcessIdentity identity(String[] words) {
        return new ProcessIdentity(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
