package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands that would run, with a recording script in the place of Go; {@code make kube-api} runs the real one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GoBuildTest {

    private static final Platform ARM_MAC = Platform.of("Mac OS X", "aarch64");

    @TempDir
    Path dir;

    @Test
    void buildsAllProgramsStaticallyForThePlatformFromThePackedModule() throws Exception {
        Path out = Files.createDirectory(dir.resolve("out put"));
        Path go = script("""
                echo "$CGO_ENABLED $GOWORK $GOOS $GOARCH $*" >> "%1$s/calls"
                cp go.mod go.sum "%1$s"
                """.formatted(dir));

        String version = new GoBuild(go.toString(), ARM_MAC, line -> {}).fill(out);

        assertThat(version).isEqualTo("1.34.4");
        List<String> calls = Files.readAllLines(dir.resolve("calls"));
        assertThat(calls).hasSize(4).allMatch(call -> call.startsWith("0 off darwin arm64 "));
        assertThat(calls.get(1))
                .contains("build -mod=readonly -trimpath -buildvcs=false")
                .contains("-X k8s.io/component-base/version.gitVersion=v1.34.4")
                .contains("version.gitMajor=1")
                .contains("version.gitMinor=34")
                .endsWith("-o " + out + "/kube-apiserver k8s.io/kubernetes/cmd/kube-apiserver");
        assertThat(out).as("nothing but the programs stays").isEmptyDirectory();
        assertThat(dir.resolve("go.mod")).content().contains("k8s.io/kubernetes v1.34.4");
        assertThat(dir.resolve("go.sum")).content().contains("go.etcd.io/etcd/server/v3");
    }

    @Test
    void aFailedBuildShowsTheEndOfItsOutput() throws Exception {
        Path go = script("""
                [ "$1" = version ] || { echo "verifying module: checksum mismatch"; exit 7; }
                """);

        assertThatThrownBy(() -> new GoBuild(go.toString(), ARM_MAC, line -> {}).fill(dir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("build k8s.io/kubernetes/cmd/kube-apiserver` ended with 7")
                .hasMessageContaining("checksum mismatch");
    }

    @Test
    void aMachineWithoutGoIsTold() {
        assertThatThrownBy(() -> new GoBuild(dir.resolve("go").toString(), ARM_MAC, line -> {}).fill(dir))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Go 1.24 or newer is needed");
    }

    private Path script(String body) throws IOException {
        Path script = Files.createFile(
                dir.resolve("fake-go"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(script, "#!/bin/sh\nset -e\n" + body);
    }
}
