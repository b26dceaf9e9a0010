package io.kafkaflink.kubeapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs Go in a folder with a go.mod, for static programs of one platform.
 *
 * @param go the command: {@code go}, or a path to it
 */
record GoCommand(String go, Platform platform, Consumer<String> progress) {

    /** Arguments that build a main package into a file, from the versions that go.mod pins and no others. */
    static List<String> build(String mainPackage, String ldflags, Path output) {
        return build(mainPackage, ldflags, List.of(), output);
    }

    static List<String> build(String mainPackage, String ldflags, List<String> tags, Path output) {
        List<String> arguments = new ArrayList<>(List.of("build", "-mod=readonly", "-trimpath", "-buildvcs=false"));
        if (!tags.isEmpty()) {
            arguments.addAll(List.of("-tags", String.join(",", tags)));
        }
        arguments.addAll(List.of("-ldflags", ldflags, "-o", output.toString(), mainPackage));
        return List.copyOf(arguments);
    }

    /**
     * Blocks until it has ended.
     *
     * @param doing for the progress line
     * @throws IOException with the last lines of its output when there is no Go or it fails
     */
    void run(Path work, List<String> arguments, String doing) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(go));
        command.addAll(arguments);
        Files.createDirectories(work.resolve("tmp"));
        Path log = work.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "CGO_ENABLED", "0",
                        "GOWORK", "off",
                        "GOOS", platform.os(),
                        "GOARCH", platform.arch(),
                        "GOTMPDIR", work.resolve("tmp").toString()));
        Process process = start(builder);
        try (ProgressLine line = new ProgressLine(doing, progress)) {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException("`" + String.join(" ", shortened(command)) + "` ended with " + code + ": "
                        + String.join(" | ", lastLines(log, 5)));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new IOException("no `" + go + "` command (Go 1.24 or newer is needed): " + e.getMessage(), e);
        }
    }

    private static List<String> shortened(List<String> command) {
        List<String> shown = new ArrayList<>(command.subList(0, Math.min(2, command.size())));
        if (command.size() > 2) {
            shown.add(command.get(command.size() - 1));
        }
        return shown;
    }

    private static List<String> lastLines(Path log, int count) throws IOException {
        List<String> lines =
                Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
