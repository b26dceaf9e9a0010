package io.kafkaflink.rehearsal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kafkaflink.kubeapi.KubeApiBinaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged rehearsal, in folders whose names have blanks. */
record InstalledRehearsal(Path place, Path temporary, Path pipelines) {
    private static final Path EXAMPLES = Path.of("../k8s/examples");

    static InstalledRehearsal in(Path folder) throws IOException {
        return new InstalledRehearsal(
                RehearsalProcess.install(folder.resolve("in stallation")),
                folder.resolve("tmp"),
                Files.createDirectories(folder.resolve("my pipelines")));
    }

    /** Skips a test where there are no binaries of the API server. */
    static void requireApiServer() {
        KubeApiBinaries.Result binaries = KubeApiBinaries.standard().prepare();
        assumeTrue(
                binaries instanceof KubeApiBinaries.Available, () -> ((KubeApiBinaries.Unavailable) binaries).reason());
    }

    /** A copy of an example, whose path has a blank too. */
    String example(String name) throws IOException {
        return Files.copy(EXAMPLES.resolve(name), pipelines.resolve(name)).toString();
    }

    RehearsalProcess start(String... arguments) throws IOException {
        return RehearsalProcess.start(place, temporary, arguments);
    }
}
