package io.kafkaflink.kubeapi;

import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder layout of fabric8 kube-api-test:
 * {@code <dir>/k8s/<version>-<os>-<arch>/{kube-apiserver,etcd,kubectl}}, versions purely numeric.
 */
final class BinariesCache {

    static final List<String> PROGRAMS = List.of("kube-apiserver", "etcd", "kubectl");

    /** CRD validation rules (CEL) are stable from 1.29 on, and our CRD depends on them. */
    private static final Version OLDEST = new Version(1, 29, 0);

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final String STAGING = ".staging-";

    /** File locks are per process; this one keeps the threads of one process apart. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path dir;
    private final Platform platform;

    BinariesCache(Path dir, Platform platform) {
        this.dir = dir.toAbsolutePath();
        this.platform = platform;
    }

    Path dir() {
        return dir;
    }

    /** The newest complete set of binaries for this platform. */
    Optional<KubeApiBinaries.Available> newest() {
        Path list = dir.resolve("k8s");
        if (!Files.isDirectory(list)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(list)) {
            return folders.filter(BinariesCache::complete)
                    .flatMap(folder -> version(folder).stream().map(v -> new Found(v, folder)))
                    .filter(found -> found.version().compareTo(OLDEST) >= 0)
                    .max(Comparator.comparing(Found::version))
                    .map(found -> new KubeApiBinaries.Available(
                            found.folder(), found.version().toString()));
        } catch (IOException e) {
            throw new KubeApiException("cannot list the cached Kubernetes binaries in " + list, e);
        }
    }

    /** An empty folder on the cache's own file system, so that {@link #publish} is one rename. */
    Path newStagingFolder() throws IOException {
        Files.createDirectories(dir);
        deleteStagingFolders();
        return Files.createTempDirectory(dir, STAGING);
    }

    /** Moves a filled staging folder into place in one step: no reader ever sees half a set. */
    KubeApiBinaries.Available publish(Path staging, String version) throws IOException {
        if (!complete(staging)) {
            throw new IOException(staging + " does not hold all of " + PROGRAMS + " as executable files");
        }
        Path target = dir.resolve("k8s").resolve(version + platform.suffix());
        Files.createDirectories(target.getParent());
        if (Files.exists(target)) {
            FolderTree.delete(target);
        }
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        return new KubeApiBinaries.Available(target, version);
    }

    /** Holds off every other process and thread that would fill this cache; waits as long as it takes. */
    Exclusive lock() throws IOException {
        THREADS.lock();
        try {
            Files.createDirectories(dir);
            FileChannel channel = FileChannel.open(
                    dir.resolve(".kafkaflink.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Exclusive(channel, channel.lock());
        } catch (IOException e) {
            THREADS.unlock();
            throw e;
        }
    }

    private void deleteStagingFolders() throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            for (Path entry : entries.filter(e -> e.getFileName().toString().startsWith(STAGING))
                    .toList()) {
                FolderTree.delete(entry);
            }
        }
    }

    private Optional<Version> version(Path folder) {
        String name = folder.getFileName().toString();
        if (!name.endsWith(platform.suffix())) {
            return Optional.empty();
        }
        Matcher matcher = VERSION.matcher(
                name.substring(0, name.length() - platform.suffix().length()));
        return matcher.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    private static boolean complete(Path folder) {
        return PROGRAMS.stream().allMatch(program -> Files.isExecutable(folder.resolve(program)));
    }

    private record Found(Version version, Path folder) {}

    private record Version(int major, int minor, int patch) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            return Comparator.comparingInt(Version::major)
                    .thenComparingInt(Version::minor)
                    .thenComparingInt(Version::patch)
                    .compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /** The right to fill the cache. */
    record Exclusive(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try (channel) {
                lock.release();
            } finally {
                THREADS.unlock();
            }
        }
    }
}
