package io.kafkaflink.kubectl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plays a pipeline, or an upgrade of it, on this machine; the rehearsal is a program of its own. */
@Command(
        name = "rehearse",
        description = "Plays a pipeline, and an upgrade of it, under load on this machine, and counts what is lost or"
                + " duplicated. Needs the rehearsal of a build of this project.",
        mixinStandardHelpOptions = true,
        versionProvider = KfpVersion.class)
final class RehearseCommand implements Callable<Integer> {
    static final String VARIABLE = "KAFKAFLINK_REHEARSAL";

    @Parameters(index = "0", paramLabel = "FILE", description = "The pipeline.")
    private Path file;

    @Option(names = "--upgrade", paramLabel = "FILE", description = "The same pipeline, changed.")
    private Path upgrade;

    @Option(
            names = "--rehearsal",
            paramLabel = "JAR",
            defaultValue = "${env:" + VARIABLE + ":-e2e/target/rehearsal.jar}",
            description = "The rehearsal, as make run builds it; default: what the variable " + VARIABLE
                    + " says, else e2e/target/rehearsal.jar.")
    private Path rehearsal;

    /** The exit code is the rehearsal's: 0 only when nothing was lost or duplicated. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(rehearsal)) {
            throw new KfpFailure(
                    "the rehearsal: found nothing at " + rehearsal + "; build it with make run in a checkout of"
                            + " this project, and give its e2e/target/rehearsal.jar by --rehearsal or " + VARIABLE);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                rehearsal.toString(),
                file.toString()));
        if (upgrade != null) {
            command.addAll(List.of("--upgrade", upgrade.toString()));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
