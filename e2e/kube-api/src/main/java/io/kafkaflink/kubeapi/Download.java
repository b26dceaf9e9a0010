package io.kafkaflink.kubeapi;

import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubeapitest.binary.BinaryDownloader;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.fabric8.kubeapitest.binary.repo.BinaryRepo;
import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** kube-api-test's own download of the envtest archives of kubernetes-sigs/controller-tools. */
final class Download implements BinariesSource {

    /** The index is a small file: no answer by then means no network, not a slow one. */
    private static final Duration INDEX_LIMIT = Duration.ofSeconds(6);

    private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(10);

    private final Consumer<String> progress;

    Download(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public String name() {
        return "download";
    }

    @Override
    public String fill(Path staging) throws IOException, InterruptedException {
        String version = GoModule.kubernetesVersion();
        OSInfo platform = new OSInfo();
        boolean offered = within(INDEX_LIMIT, "the list of envtest releases", () -> new BinaryRepo(platform)
                .listObjectNames()
                .anyMatch(a -> a.getVersion().equals(version)
                        && a.getOs().equals(platform.getOSName())
                        && a.getArch().equals(platform.getOSArch())));
        if (!offered) {
            throw new IOException(
                    "no envtest release " + version + " for " + platform.getOSName() + "-" + platform.getOSArch());
        }
        Path dir = Files.createDirectory(staging.resolve("download"));
        try (ProgressLine line = new ProgressLine("downloading Kubernetes " + version, progress)) {
            Path unpacked =
                    within(ARCHIVE_LIMIT, "envtest " + version, () -> new BinaryDownloader(dir.toString(), platform)
                            .download(version)
                            .toPath());
            for (String program : BinariesCache.PROGRAMS) {
                Files.move(unpacked.resolve(program), staging.resolve(program));
            }
        }
        FolderTree.delete(dir);
        return version;
    }

    /** kube-api-test sets no time limit on its connections, so a firewall that drops packets would hang for minutes. */
    private static <T> T within(Duration limit, String what, Callable<T> call)
            throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "kube-api-download");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new IOException("no answer for " + what + " within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(what + ": " + innermost(e.getCause()), e.getCause());
        }
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause instanceof KubeAPITestException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
