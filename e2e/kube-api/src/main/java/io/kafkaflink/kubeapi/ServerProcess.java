package io.kafkaflink.kubeapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** etcd or kube-apiserver as a child process that logs into its run folder. */
final class ServerProcess implements AutoCloseable {

    private static final int SHOWN_LINES = 15;

    private final String name;
    private final Path log;
    private final Process process;

    private ServerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ServerProcess start(RunFolder run, String name, List<String> command) {
        Path log = run.resolve(name + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(run.path().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServerProcess server = new ServerProcess(name, log, process);
            try {
                run.record(process);
            } catch (IOException e) {
                server.close();
                throw e;
            }
            return server;
        } catch (IOException e) {
            throw new KubeApiException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** True when the reason it ended is a port that somebody else took in the meantime. */
    boolean lostItsPort() {
        return !isAlive() && logText().contains("address already in use");
    }

    /** What happened, with the end of the log. */
    KubeApiException failure(String what) {
        List<String> lines = logText().lines().toList();
        String end = String.join(
                System.lineSeparator(), lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        String state = isAlive() ? "is running" : "ended with code " + process.exitValue();
        return new KubeApiException(
                name + " " + what + " (it " + state + "); the end of its log:" + System.lineSeparator() + end);
    }

    /** Data is thrown away with the process, so nothing is gained by a graceful end. */
    @Override
    public void close() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String logText() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(cannot read " + log + ": " + e.getMessage() + ")";
        }
    }
}
