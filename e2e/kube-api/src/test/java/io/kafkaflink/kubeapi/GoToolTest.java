package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a recording script in the place of Go; the tests of the chart build real programs. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GoToolTest {

    private static final GoTool TOOL = new GoTool(
            "helm",
            "4.3.1",
            "helm.sh/helm/v4/cmd/helm",
            Map.of("b.version", "2", "a.version", "1"),
            List.of("small", "plain"));

    @TempDir
    Path dir;

    @BeforeEach
    void module() throws IOException {
        Files.writeString(dir.resolve("go.mod"), "module tools\n");
        Files.writeString(dir.resolve("go.sum"), "");
    }

    @Test
    void buildsOnceAndLeavesNothingButTheProgram() throws IOException {
        Path go = script("""
                echo "$*" >> "%1$s/calls"
                cp go.mod "%1$s/seen.mod"
                while [ "$1" != -o ]; do shift; done
                cp "$0" "$2"
                """.formatted(dir));
        Path cache = dir.resolve("cache");

        GoTool.Result first = TOOL.prepare(dir, cache, go.toString(), line -> {});
        GoTool.Result second = TOOL.prepare(dir, cache, go.toString(), line -> {});

        Path program =
                cache.resolve("tools").resolve("helm-4.3.1" + Platform.current().suffix());
        assertThat(first).isEqualTo(new GoTool.Available(program)).isEqualTo(second);
        assertThat(program).isExecutable();
        assertThat(dir.resolve("calls"))
                .content()
                .hasLineCount(1)
                .contains("-tags small,plain -ldflags -s -w -X a.version=1 -X b.version=2 -o ")
                .endsWith("helm.sh/helm/v4/cmd/helm\n");
        assertThat(dir.resolve("seen.mod")).hasContent("module tools");
        assertThat(cache).isDirectoryNotContaining("glob:**.staging-*");
    }

    @Test
    void aFailedBuildIsAReason() throws IOException {
        Path go = script("echo 'requires go >= 1.26.0'; exit 1\n");

        GoTool.Result result = TOOL.prepare(dir, dir.resolve("cache"), go.toString(), line -> {});

        assertThat(result)
                .isInstanceOfSatisfying(GoTool.Unavailable.class, unavailable -> assertThat(unavailable.reason())
                        .startsWith("no helm 4.3.1: ")
                        .contains("requires go >= 1.26.0"));
    }

    @Test
    void ownSourceIsBuiltAnewWhenItChanges() throws IOException {
        Path go = script("while [ \"$1\" != -o ]; do shift; done\ncat main.go > \"$2\"; chmod 700 \"$2\"\n");
        Path cache = dir.resolve("cache");
        Files.writeString(dir.resolve("main.go"), "one");

        GoTool one = GoTool.ofSource("verdicts", dir);
        assertThat(built(one, cache, go)).hasContent("one");
        assertThat(GoTool.ofSource("verdicts", dir)).isEqualTo(one);

        Files.writeString(dir.resolve("main.go"), "two");
        assertThat(built(GoTool.ofSource("verdicts", dir), cache, go)).hasContent("two");
    }

    private Path built(GoTool tool, Path cache, Path go) {
        return ((GoTool.Available) tool.prepare(dir, cache, go.toString(), line -> {})).program();
    }

    private Path script(String body) throws IOException {
        Path script = Files.createFile(
                dir.resolve("fake-go"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(script, "#!/bin/sh\nset -e\n" + body);
    }
}
