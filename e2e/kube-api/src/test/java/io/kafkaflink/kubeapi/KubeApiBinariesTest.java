package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kafkaflink.kubeapi.KubeApiBinaries.Available;
import io.kafkaflink.kubeapi.KubeApiBinaries.Unavailable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeApiBinariesTest {

    private static final Platform LINUX = Platform.of("Linux", "amd64");

    @TempDir
    Path dir;

    private final List<String> progress = new ArrayList<>();

    @Test
    void takesTheNewestCompleteCachedSetOfThisPlatform() throws IOException {
        cached("1.30.2-linux-amd64");
        Path expected = cached("1.34.4-linux-amd64");
        cached("1.9.9-linux-amd64");
        cached("1.35.0-darwin-arm64");
        cached("1.36.0-rc.1-linux-amd64");
        Files.delete(cached("1.35.1-linux-amd64").resolve("etcd"));

        assertThat(binaries().prepare()).isEqualTo(new Available(expected, "1.34.4"));
        assertThat(expected).isAbsolute();
    }

    @Test
    void comparesVersionsByNumber() throws IOException {
        cached("1.34.9-linux-amd64");
        Path expected = cached("1.34.10-linux-amd64");

        assertThat(binaries().cached()).contains(new Available(expected, "1.34.10"));
    }

    @Test
    void ignoresServersThatAreTooOldForValidationRules() throws IOException {
        cached("1.28.15-linux-amd64");

        assertThat(binaries().cached()).isEmpty();
    }

    @Test
    void triesTheSourcesInOrderAndPublishesUnderTheFolderNameOfKubeApiTest() throws IOException {
        KubeApiBinaries binaries = binaries(new Failing("download", "no route to host"), new Filling("1.34.4"));

        assertThat(binaries.prepare())
                .isEqualTo(new Available(dir.resolve("k8s/1.34.4-linux-amd64").toAbsolutePath(), "1.34.4"));
        assertThat(binaries.cached()).isPresent();
        assertThat(dir).isDirectoryNotContaining("glob:**/.staging*");
    }

    @Test
    void saysWhyEveryWayFailedAndWhatToDo() {
        KubeApiBinaries binaries =
                binaries(new Failing("download", "no route to host"), new Failing("go build", "no `go` command"));

        assertThat(binaries.prepare())
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("nothing usable is cached in " + dir)
                        .contains("download: no route to host")
                        .contains("go build: no `go` command")
                        .contains("Install Go 1.24")
                        .contains(dir.resolve("k8s").toString()));
        assertThatThrownBy(() -> binaries.prepare().orThrow())
                .isInstanceOf(KubeApiException.class)
                .hasMessageContaining("no route to host");
    }

    @Test
    void aSourceThatDeliversLessThanAllThreeProgramsCountsAsFailed() {
        BinariesSource half = new BinariesSource() {
            @Override
            public String name() {
                return "half";
            }

            @Override
            public String fill(Path staging) throws IOException {
                program(staging, "etcd");
                return "1.34.4";
            }
        };

        assertThat(binaries(half).prepare())
                .isInstanceOfSatisfying(Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .contains("does not hold all of [kube-apiserver, etcd, kubectl]"));
        assertThat(dir).isDirectoryNotContaining("glob:**/.staging*");
    }

    @Test
    void manyAtOnceBuildOnce() throws Exception {
        Filling source = new Filling("1.34.4");
        CountDownLatch together = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<KubeApiBinaries.Result>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return binaries(source).prepare();
                }));
            }
            for (Future<KubeApiBinaries.Result> result : results) {
                assertThat(result.get()).isInstanceOf(Available.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(source.calls).hasValue(1);
    }

    @Test
    void waitsForAnotherProcessAndTakesWhatItMade() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherProcess.class.getName(),
                        dir.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Filling source = new Filling("1.34.4");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            Future<KubeApiBinaries.Result> waiting =
                    thread.submit(() -> binaries(source).prepare());
            try (Writer go = other.outputWriter()) {
                go.write("go\n");
            }
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(Available.class);
            assertThat(other.waitFor()).isZero();
        } finally {
            thread.shutdownNow();
            other.destroyForcibly();
        }
        assertThat(source.calls).hasValue(0);
    }

    /** Holds the lock until a line comes in, then publishes a set. */
    static final class OtherProcess {

        public static void main(String[] args) throws IOException {
            BinariesCache cache = new BinariesCache(Path.of(args[0]), LINUX);
            try (BinariesCache.Exclusive exclusive = cache.lock()) {
                System.out.println("locked");
                System.in.read();
                Path staging = cache.newStagingFolder();
                cache.publish(staging, new Filling("1.34.4").fill(staging));
            }
        }
    }

    @Test
    void theCacheIsTheFolderOfKubeApiTest() throws IOException {
        Path home = Files.createDirectory(dir.resolve("home"));
        Path expected = cached(home.resolve(".kubeapitest"), "1.34.4-linux-amd64");
        assertThat(KubeApiBinaries.of(Map.of(), home, LINUX, progress::add).cached())
                .contains(new Available(expected, "1.34.4"));

        Path other = Files.createDirectory(dir.resolve("other place"));
        assertThat(KubeApiBinaries.of(Map.of("KUBE_API_TEST_DIR", other.toString()), home, LINUX, progress::add)
                        .cached())
                .isEmpty();
    }

    @Test
    void platformsAreSpelledAsInGo() {
        assertThat(Platform.of("Linux", "amd64").suffix()).isEqualTo("-linux-amd64");
        assertThat(Platform.of("Linux", "aarch64").suffix()).isEqualTo("-linux-arm64");
        assertThat(Platform.of("Mac OS X", "x86_64").suffix()).isEqualTo("-darwin-amd64");
        assertThat(Platform.of("Mac OS X", "aarch64").suffix()).isEqualTo("-darwin-arm64");
        assertThat(Platform.current().suffix())
                .isEqualTo(io.fabric8.kubeapitest.Utils.platformSuffix(new io.fabric8.kubeapitest.binary.OSInfo()));
    }

    private KubeApiBinaries binaries(BinariesSource... sources) {
        return new KubeApiBinaries(new BinariesCache(dir, LINUX), List.of(sources), progress::add);
    }

    private Path cached(String folder) throws IOException {
        return cached(dir, folder);
    }

    private static Path cached(Path cache, String folder) throws IOException {
        Path created = Files.createDirectories(cache.resolve("k8s").resolve(folder));
        for (String program : BinariesCache.PROGRAMS) {
            program(created, program);
        }
        return created.toAbsolutePath();
    }

    private static void program(Path folder, String name) throws IOException {
        Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private record Failing(String name, String why) implements BinariesSource {
        @Override
        public String fill(Path staging) throws IOException {
            throw new IOException(why);
        }
    }

    private static final class Filling implements BinariesSource {

        private final String version;
        private final AtomicInteger calls = new AtomicInteger();

        Filling(String version) {
            this.version = version;
        }

        @Override
        public String name() {
            return "filling";
        }

        @Override
        public String fill(Path staging) throws IOException {
            calls.incrementAndGet();
            for (String program : BinariesCache.PROGRAMS) {
                program(staging, program);
            }
            return version;
        }
    }
}
