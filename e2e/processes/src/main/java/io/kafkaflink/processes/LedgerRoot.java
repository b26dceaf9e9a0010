package io.kafkaflink.processes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which the ledgers of all owners of this user lie, and what is done with the ledgers of dead ones. */
final class LedgerRoot {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerRoot.class);
    private static final Duration GRACE_FOR_LEFT_BEHIND = Duration.ofSeconds(3);
    private static final Duration DEATH_AFTER_SIGKILL = Duration.ofSeconds(10);

    private LedgerRoot() {}

    static Path standard() {
        return Path.of(System.getProperty("java.io.tmpdir"), "kafkaflink-" + System.getProperty("user.name"));
    }

    /** Ledgers name folders to delete, so a folder that somebody else has made in a shared place is refused. */
    static void prepare(Path root) throws IOException {
        if (Files.notExists(root)) {
            Files.createDirectories(root);
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Path probe = Files.createTempFile(root, "owner", null);
        try {
            if (!Files.getOwner(root).equals(Files.getOwner(probe))) {
                throw new IOException(root + " belongs to " + Files.getOwner(root) + ", not to this user. Remove it,"
                        + " or choose another place with -Djava.io.tmpdir=FOLDER.");
            }
        } finally {
            Files.delete(probe);
        }
    }

    /** Stops the processes and deletes the folders of owners that are gone; one owner at a time does this. */
    static void reap(Path root) throws IOException {
        synchronized (LedgerRoot.class) {
            try (FileChannel lock = FileChannel.open(
                            root.resolve("reap.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = lock.lock();
                    DirectoryStream<Path> ledgers = Files.newDirectoryStream(root, "*" + LedgerFile.SUFFIX)) {
                LOG.trace("Looking for dead owners under {}", held);
                for (Path ledger : ledgers) {
                    reapIfDead(new LedgerFile(ledger));
                }
            }
        }
    }

    private static void reapIfDead(LedgerFile ledger) {
        try {
            LedgerFile.Entries entries = ledger.read();
            // No owner line yet: its owner is writing it at this moment.
            if (entries.owner().isEmpty() || entries.owner().get().running().isPresent()) {
                return;
            }
            LOG.info(
                    "Cleaning up after process {}, which ended without doing so",
                    entries.owner().get().pid());
            stop(entries.processes(), GRACE_FOR_LEFT_BEHIND);
            discard(ledger, entries.folders());
        } catch (IOException e) {
            LOG.warn("Left as it is, because it cannot be read: {}", ledger.path(), e);
        }
    }

    /** SIGTERM to all, SIGKILL to those still there after the grace period. */
    static void stop(List<ProcessIdentity> processes, Duration grace) {
        List<ProcessHandle> running =
                processes.stream().flatMap(each -> each.running().stream()).toList();
        running.forEach(ProcessHandle::destroy);
        if (!gone(running, grace)) {
            running.forEach(ProcessHandle::destroyForcibly);
            if (!gone(running, DEATH_AFTER_SIGKILL)) {
                LOG.warn(
                        "Still there after SIGKILL: {}",
                        running.stream().filter(ProcessHandle::isAlive).toList());
            }
        }
    }

    private static boolean gone(List<ProcessHandle> processes, Duration within) {
        CompletableFuture<?>[] exits =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process cannot be awaited", e);
        }
    }

    /** Deletes the folders and, when nothing is left, the ledger; else the next owner tries again. */
    static void discard(LedgerFile ledger, List<Path> folders) {
        try {
            for (Path folder : folders) {
                FolderTree.delete(folder);
            }
            Files.deleteIfExists(ledger.path());
        } catch (IOException e) {
            LOG.warn("Not all folders of {} could be deleted; the next start tries again", ledger.path(), e);
        }
    }
}
