package io.kafkaflink.kubeapi;

import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds or makes kube-apiserver, etcd and kubectl. In this order: what is cached; kube-api-test's own download; a
 * build from Go modules. The cache is kube-api-test's folder: {@code KUBE_API_TEST_DIR}, default
 * {@code ~/.kubeapitest}. {@code KUBE_API_TEST_OFFLINE_MODE=true} leaves the download out.
 */
public final class KubeApiBinaries {

    private final BinariesCache cache;
    private final List<BinariesSource> sources;
    private final Consumer<String> progress;

    KubeApiBinaries(BinariesCache cache, List<BinariesSource> sources, Consumer<String> progress) {
        this.cache = cache;
        this.sources = List.copyOf(sources);
        this.progress = progress;
    }

    /** As the environment of this process says, with progress lines on standard error. */
    public static KubeApiBinaries standard() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")), Platform.current(), System.err::println);
    }

    static KubeApiBinaries of(Map<String, String> env, Path home, Platform platform, Consumer<String> progress) {
        List<BinariesSource> sources = new ArrayList<>();
        if (!Boolean.parseBoolean(env.get("KUBE_API_TEST_OFFLINE_MODE"))) {
            sources.add(new Download(progress));
        }
        sources.add(new GoBuild("go", platform, progress));
        return new KubeApiBinaries(new BinariesCache(cacheDir(env, home), platform), sources, progress);
    }

    static Path cacheDir(Map<String, String> env, Path home) {
        String dir = env.getOrDefault("KUBE_API_TEST_DIR", "");
        return dir.isBlank() ? home.resolve(".kubeapitest") : Path.of(dir);
    }

    /**
     * Blocks until binaries are there or every way has failed: some milliseconds when cached, minutes when built. Two
     * processes that call this at once build once.
     */
    public Result prepare() {
        Optional<Available> cached = cache.newest();
        return cached.isPresent() ? cached.get() : make();
    }

    /** The cached binaries, if any; never downloads or builds. */
    public Optional<Available> cached() {
        return cache.newest();
    }

    private Result make() {
        List<String> reasons = new ArrayList<>();
        reasons.add("nothing usable is cached in " + cache.dir());
        try (BinariesCache.Exclusive exclusive = waitForLock()) {
            Optional<Available> madeMeanwhile = cache.newest();
            if (madeMeanwhile.isPresent()) {
                return madeMeanwhile.get();
            }
            for (BinariesSource source : sources) {
                Optional<Available> made = attempt(source, reasons);
                if (made.isPresent()) {
                    return made.get();
                }
            }
        } catch (IOException e) {
            reasons.add("cannot use the cache: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reasons.add("interrupted");
        }
        return new Unavailable("no Kubernetes API server binaries: " + String.join("; ", reasons)
                + ". Install Go 1.24 or newer, or put kube-apiserver, etcd and kubectl into "
                + cache.dir()
                        .resolve("k8s")
                        .resolve(GoModule.kubernetesVersion()
                                + Platform.current().suffix()));
    }

    private BinariesCache.Exclusive waitForLock() throws IOException {
        try (ProgressLine line = new ProgressLine("waiting for another process that prepares binaries", progress)) {
            return cache.lock();
        }
    }

    private Optional<Available> attempt(BinariesSource source, List<String> reasons)
            throws IOException, InterruptedException {
        Path staging = cache.newStagingFolder();
        try {
            return Optional.of(cache.publish(staging, source.fill(staging)));
        } catch (IOException e) {
            reasons.add(source.name() + ": " + e.getMessage());
            return Optional.empty();
        } finally {
            FolderTree.delete(staging);
        }
    }

    /** What {@link #prepare} came to. */
    public sealed interface Result {

        /**
         * The binaries.
         *
         * @throws KubeApiException with the reason when there are none
         */
        Available orThrow();
    }

    /**
     * A complete set of binaries.
     *
     * @param directory absolute folder with kube-apiserver, etcd and kubectl in it
     * @param version Kubernetes version, for example {@code 1.34.4}
     */
    public record Available(Path directory, String version) implements Result {

        @Override
        public Available orThrow() {
            return this;
        }

        /** Path of {@code kube-apiserver}, {@code etcd} or {@code kubectl}. */
        public Path program(String name) {
            Path program = directory.resolve(name);
            if (!Files.isExecutable(program)) {
                throw new KubeApiException(program + " is not there or not executable");
            }
            return program;
        }
    }

    /**
     * Nothing works here.
     *
     * @param reason one line for a person: what was tried, why each way failed, what to do
     */
    public record Unavailable(String reason) implements Result {

        @Override
        public Available orThrow() {
            throw new KubeApiException(reason);
        }
    }
}
