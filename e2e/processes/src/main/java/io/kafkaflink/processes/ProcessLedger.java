package io.kafkaflink.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts child processes and keeps a file of them, so that nothing outlives its owner: {@link #close()}, or the end of
 * this JVM (Ctrl-C too), stops every process and deletes every folder entered here; what an owner killed with SIGKILL
 * left behind is cleaned up by the next ledger that opens. Owners running at the same time do not touch each other.
 */
public final class ProcessLedger implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessLedger.class);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final LedgerFile file;
    private final Path home;
    private final List<ProcessIdentity> processes = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final Thread hook = new Thread(this::end, "process-ledger-shutdown");
    private volatile boolean closed;

    private ProcessLedger(LedgerFile file, Path home) {
        this.file = file;
        this.home = home;
    }

    /** Opens a ledger in a folder of ours under {@code java.io.tmpdir}. */
    public static ProcessLedger open() {
        return open(LedgerRoot.standard());
    }

    /**
     * Opens a ledger in the given folder, after cleaning up what dead owners left there.
     *
     * @throws UncheckedIOException when the folder cannot be used
     */
    public static ProcessLedger open(Path root) {
        try {
            LedgerRoot.prepare(root);
            LedgerRoot.reap(root);
            String id = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
            ProcessLedger ledger =
                    new ProcessLedger(new LedgerFile(root.resolve(id + LedgerFile.SUFFIX)), root.resolve(id));
            ledger.file.owner(ProcessIdentity.of(ProcessHandle.current()));
            ledger.deleteOnClose(ledger.home);
            Files.createDirectory(ledger.home);
            Runtime.getRuntime().addShutdownHook(ledger.hook);
            return ledger;
        } catch (IOException e) {
            throw new UncheckedIOException("No process ledger can be kept in " + root, e);
        }
    }

    /** Starts a process and enters it here. */
    public synchronized ChildProcess start(Command command) {
        if (closed) {
            throw new IllegalStateException(command.name() + " is not started: its ledger is closed.");
        }
        try {
            Files.createDirectories(command.directory());
            Files.createDirectories(command.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(command.line())
                    .directory(command.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(command.log().toFile()));
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            enter(process.toHandle());
            return new ChildProcess(command, process);
        } catch (IOException e) {
            throw new ProcessFailedException(command.name() + " cannot be started: " + command.line(), e);
        }
    }

    /** Enters a process that something else has started. */
    public synchronized void enter(ProcessHandle process) throws IOException {
        ProcessIdentity identity = ProcessIdentity.of(process);
        processes.add(identity);
        file.process(identity);
    }

    /** A new empty folder that is deleted with this ledger. */
    public synchronized Path createFolder(String name) {
        try {
            return Files.createDirectory(home.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("No folder " + name + " can be made in " + home, e);
        }
    }

    /** Enters a folder; it is deleted with everything in it when this ledger closes. */
    public synchronized void deleteOnClose(Path folder) throws IOException {
        folders.add(folder.toAbsolutePath());
        file.folder(folder.toAbsolutePath());
    }

    /** True as soon as closing has begun; nothing can be started any more. */
    public boolean isClosed() {
        return closed;
    }

    /** Stops every process entered here (SIGTERM, after 10 s SIGKILL), then deletes the folders; twice is harmless. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The JVM is ending already; the hook finds nothing left to do", e);
        }
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        LedgerRoot.stop(processes, GRACE);
        LedgerRoot.discard(file, folders);
    }
}
