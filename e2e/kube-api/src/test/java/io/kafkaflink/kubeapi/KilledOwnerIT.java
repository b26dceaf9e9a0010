package io.kafkaflink.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.kafkaflink.processes.ProcessLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner ended by SIGTERM cleans up itself; what one ended by SIGKILL leaves, the next start removes. */
@RequiresKubeApi
class KilledOwnerIT {

    @Test
    void theNextStartEndsTheProcessesOfAKilledOwnerAndDeletesItsFiles(@TempDir Path root) throws Exception {
        Owner owner = Owner.start(root);
        owner.process().destroyForcibly().waitFor();
        assertThat(owner.servers()).as("SIGKILL orphans them").allMatch(ProcessHandle::isAlive);
        assertThat(owner.folder()).exists();

        ProcessLedger.open(root).close();

        assertThat(owner.servers()).noneMatch(ProcessHandle::isAlive);
        assertThat(owner.folder()).doesNotExist();
    }

    @Test
    void aLivingOwnerIsLeftAloneAndASoftEndLeavesNothing(@TempDir Path root) throws Exception {
        Owner owner = Owner.start(root);

        ProcessLedger.open(root).close();
        assertThat(owner.servers()).allMatch(ProcessHandle::isAlive);
        assertThat(owner.folder()).exists();

        owner.process().destroy();
        assertThat(owner.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(owner.servers()).noneMatch(ProcessHandle::isAlive);
        assertThat(owner.folder()).doesNotExist();
    }

    /** A JVM of its own that starts an API server and waits. */
    record Owner(Process process, Path folder, List<ProcessHandle> servers) {

        static Owner start(Path root) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OwnerMain.class.getName(),
                            root.toString())
                    .redirectError(Files.createTempFile(root, "owner", ".log").toFile())
                    .start();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            Path folder = Path.of(output.readLine());
            List<ProcessHandle> servers = Arrays.stream(output.readLine().split(" "))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            return new Owner(process, folder, servers);
        }
    }

    /** Prints its folder and the ids of its servers, then waits to be killed. */
    static final class OwnerMain {

        public static void main(String[] args) throws InterruptedException {
            LocalKubeApi api = LocalKubeApi.start(
                    KubeApiBinaries.standard().prepare().orThrow(),
                    KubeApiOptions.defaults(),
                    () -> ProcessLedger.open(Path.of(args[0])));
            System.out.println(api.folder());
            System.out.println(
                    String.join(" ", api.pids().stream().map(String::valueOf).toList()));
            Thread.currentThread().join();
        }
    }
}
