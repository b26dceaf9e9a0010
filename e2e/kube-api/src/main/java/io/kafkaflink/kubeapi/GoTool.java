package io.kafkaflink.kubeapi;

import io.kafkaflink.processes.FolderTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that tests run and that comes as source in a Go module: built once, then taken from the folder that also
 * holds the API server ({@code KUBE_API_TEST_DIR}, default {@code ~/.kubeapitest}).
 *
 * @param name of the program's file
 * @param version part of the cached file's name, so that a new one is built anew
 * @param mainPackage what is built, for example {@code helm.sh/helm/v4/cmd/helm}; {@code .} for source beside go.mod
 * @param variables values of the linker's {@code -X}, by qualified name
 * @param tags that leave parts of it out
 */
public record GoTool(
        String name, String version, String mainPackage, Map<String, String> variables, List<String> tags) {

    public GoTool(String name, String version, String mainPackage, Map<String, String> variables) {
        this(name, version, mainPackage, variables, List.of());
    }

    /** A program of this project: the main package in a folder with its go.mod, built anew when any of its files changes. */
    public static GoTool ofSource(String name, Path folder) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : sources(folder)) {
                digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            String version = HexFormat.of().formatHex(digest.digest()).substring(0, 12);
            return new GoTool(name, version, ".", Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a build takes from a module's folder, sorted. */
    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*(\\.go|go\\.mod|go\\.sum)"))
                    .sorted()
                    .toList();
        }
    }

    /** What {@link #prepare} came to. */
    public sealed interface Result {}

    /** The program is there. */
    public record Available(Path program) implements Result {}

    /**
     * It cannot be had here.
     *
     * @param reason one line for a person
     */
    public record Unavailable(String reason) implements Result {}

    /**
     * Blocks until the program is there or cannot be built; minutes the first time.
     *
     * @param module folder with the go.mod and go.sum that pin it, and its source where it is ours
     */
    public Result prepare(Path module) {
        Path home = Path.of(System.getProperty("user.home"));
        return prepare(module, KubeApiBinaries.cacheDir(System.getenv(), home), "go", System.err::println);
    }

    Result prepare(Path module, Path cacheDir, String go, Consumer<String> progress) {
        Platform platform = Platform.current();
        Path program = cacheDir.toAbsolutePath().resolve("tools").resolve(name + "-" + version + platform.suffix());
        BinariesCache cache = new BinariesCache(cacheDir, platform);
        if (Files.isExecutable(program)) {
            return new Available(program);
        }
        try (BinariesCache.Exclusive exclusive = cache.lock()) {
            if (!Files.isExecutable(program)) {
                build(module, cache, program, new GoCommand(go, platform, progress));
            }
            return new Available(program);
        } catch (IOException e) {
            return new Unavailable("no " + name + " " + version + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("no " + name + " " + version + ": interrupted while it was built");
        }
    }

    private void build(Path module, BinariesCache cache, Path program, GoCommand go)
            throws IOException, InterruptedException {
        Path staging = cache.newStagingFolder();
        try {
            for (Path file : sources(module)) {
                Files.copy(file, staging.resolve(file.getFileName()));
            }
            Path built = staging.resolve(name);
            go.run(staging, GoCommand.build(mainPackage, ldflags(), tags, built), "building " + name + " " + version);
            Files.createDirectories(program.getParent());
            Files.move(built, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FolderTree.delete(staging);
        }
    }

    private String ldflags() {
        return variables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(variable -> " -X " + variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining("", "-s -w", ""));
    }
}
