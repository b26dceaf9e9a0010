package io.kafkaflink.kubeapi;

import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds the binaries from Go modules: 3 to 5 minutes on 2 cores the first time, 15 s from Go's build cache. */
final class GoBuild implements BinariesSource {

    private static final Map<String, String> PACKAGES = Map.of(
            "etcd", "go.etcd.io/etcd/server/v3",
            "kubectl", "k8s.io/kubernetes/cmd/kubectl",
            "kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver");

    private final String go;
    private final Platform platform;
    private final Consumer<String> progress;

    /** @param go the command: {@code go}, or a path to it */
    GoBuild(String go, Platform platform, Consumer<String> progress) {
        this.go = go;
        this.platform = platform;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "go build";
    }

    @Override
    public String fill(Path staging) throws IOException, InterruptedException {
        String version = GoModule.kubernetesVersion();
        // All inside the staging folder: what a killed build leaves is deleted with it by the next one.
        Path work = Files.createDirectory(staging.resolve("work"));
        Files.createDirectory(work.resolve("tmp"));
        GoModule.writeTo(work);
        run(work, List.of(go, "version"), "looking for Go");
        for (String program : BinariesCache.PROGRAMS) {
            run(
                    work,
                    command(program, version, staging),
                    "building " + program + " from Go modules (all three: 3 to 5 min the first time)");
        }
        FolderTree.delete(work);
        return version;
    }

    private List<String> command(String program, String version, Path staging) {
        return List.of(
                go,
                "build",
                "-mod=readonly",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                ldflags(version),
                "-o",
                staging.resolve(program).toString(),
                PACKAGES.get(program));
    }

    /** Without the version strings the API server calls itself v0.0.0-master and clients refuse features. */
    private static String ldflags(String version) {
        String[] parts = version.split("\\.");
        String set = " -X k8s.io/component-base/version.";
        return "-s -w" + set + "gitVersion=v" + version + set + "gitMajor=" + parts[0] + set + "gitMinor=" + parts[1]
                + set + "gitTreeState=clean";
    }

    private void run(Path work, List<String> command, String doing) throws IOException, InterruptedException {
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
