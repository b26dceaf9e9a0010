package io.kafkaflink.kubeapi;

import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Builds the binaries from Go modules: 3 to 5 minutes on 2 cores the first time, 15 s from Go's build cache. */
final class GoBuild implements BinariesSource {

    private static final Map<String, String> PACKAGES = Map.of(
            "etcd", "go.etcd.io/etcd/server/v3",
            "kubectl", "k8s.io/kubernetes/cmd/kubectl",
            "kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver");

    private final GoCommand go;

    /** @param go the command: {@code go}, or a path to it */
    GoBuild(String go, Platform platform, Consumer<String> progress) {
        this.go = new GoCommand(go, platform, progress);
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
        GoModule.writeTo(work);
        go.run(work, List.of("version"), "looking for Go");
        for (String program : BinariesCache.PROGRAMS) {
            go.run(
                    work,
                    command(program, version, staging),
                    "building " + program + " from Go modules (all three: 3 to 5 min the first time)");
        }
        FolderTree.delete(work);
        return version;
    }

    private List<String> command(String program, String version, Path staging) {
        return GoCommand.build(PACKAGES.get(program), ldflags(version), staging.resolve(program));
    }

    /** Without the version strings the API server calls itself v0.0.0-master and clients refuse features. */
    private static String ldflags(String version) {
        String[] parts = version.split("\\.");
        String set = " -X k8s.io/component-base/version.";
        return "-s -w" + set + "gitVersion=v" + version + set + "gitMajor=" + parts[0] + set + "gitMinor=" + parts[1]
                + set + "gitTreeState=clean";
    }
}
