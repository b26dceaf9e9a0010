package io.kafkaflink.kubeapi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything one running API server owns: a folder for data, certificates and logs, and the ledger of its processes.
 * The owner holds a file lock in it, which the operating system drops when the owner dies in whatever way; so a folder
 * whose lock is free belongs to nobody, and {@link #create} ends its processes and deletes it.
 */
final class RunFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
    private static final String OWNER_LOCK = "owner.lock";
    private static final String LEDGER = "processes";

    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;

    private RunFolder(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** {@code <java.io.tmpdir>/kafkaflink-kube-api-<user>}. */
    static Path standardRoot() {
        String user = System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "kafkaflink-kube-api-" + user);
    }

    /** Removes what dead owners left below the root, then makes a folder of this process. */
    static synchronized RunFolder create(Path root) {
        try {
            Files.createDirectories(root);
            try (FileChannel gate = open(root.resolve(".lock"));
                    FileLock gateLock = gate.lock()) {
                removeAbandoned(root);
                Path path = Files.createTempDirectory(root, ownPrefix()).toAbsolutePath();
                FileChannel channel = open(path.resolve(OWNER_LOCK));
                return new RunFolder(path, channel, channel.lock());
            }
        } catch (IOException e) {
            throw new KubeApiException("cannot make a folder for the API server in " + root, e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Notes a process so that a later start can end it should this owner be killed. */
    void record(Process process) throws IOException {
        Files.writeString(
                path.resolve(LEDGER),
                process.pid() + " " + started(process.toHandle()) + System.lineSeparator(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        try (channel) {
            lock.release();
            Folders.delete(path);
        } catch (IOException e) {
            throw new KubeApiException("cannot delete " + path, e);
        }
    }

    private static void removeAbandoned(Path root) throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(root)) {
            folders = entries.filter(Files::isDirectory).toList();
        }
        for (Path folder : folders) {
            // Opening a lock file of this very process and closing it again would drop its lock (POSIX).
            if (!folder.getFileName().toString().startsWith(ownPrefix()) && isAbandoned(folder)) {
                LOG.info("removing what a killed run left in {}", folder);
                endProcesses(folder);
                Folders.delete(folder);
            }
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        try (FileChannel channel = open(folder.resolve(OWNER_LOCK));
                FileLock free = channel.tryLock()) {
            return free != null;
        }
    }

    private static void endProcesses(Path folder) throws IOException {
        Path ledger = folder.resolve(LEDGER);
        if (!Files.exists(ledger)) {
            return;
        }
        for (String line : Files.readAllLines(ledger)) {
            String[] fields = line.split(" ");
            long started = Long.parseLong(fields[1]);
            ProcessHandle.of(Long.parseLong(fields[0]))
                    .filter(handle -> Math.abs(started(handle) - started) < 2_000)
                    .ifPresent(RunFolder::end);
        }
    }

    private static void end(ProcessHandle handle) {
        handle.destroyForcibly();
        try {
            handle.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new KubeApiException("process " + handle.pid() + " of a killed run does not end", e);
        }
    }

    /** Start time in ms since the epoch; tells a process from a later one with the same id. */
    private static long started(ProcessHandle handle) {
        Optional<Instant> instant = handle.info().startInstant();
        return instant.map(Instant::toEpochMilli).orElse(0L);
    }

    private static String ownPrefix() {
        return ProcessHandle.current().pid() + "-";
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
