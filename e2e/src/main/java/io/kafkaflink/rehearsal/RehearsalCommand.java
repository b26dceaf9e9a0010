package io.kafkaflink.rehearsal;

import io.kafkaflink.rehearsal.Options.KubeApiChoice;
import io.kafkaflink.rehearsal.cluster.DoublesCommand;
import io.kafkaflink.rehearsal.cluster.FollowCommand;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.report.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code java -jar rehearsal.jar FILE}. */
@Command(
        name = "rehearsal",
        mixinStandardHelpOptions = true,
        version = "KafkaFlink rehearsal",
        subcommands = {UpgradesCommand.class, FollowCommand.class, DoublesCommand.class},
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "",
            "Runs a KafkaFlinkPipeline on this machine, with a Kubernetes API server, a Kafka broker, the operator and"
                    + " real Flink jobs; takes it through growth, a change, suspend and resume and the loss of the"
                    + " operator while records flow; and checks that nothing was lost or duplicated.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing lost, nothing duplicated, everything right, on a real API server",
            "1:something was lost, duplicated or wrong, or the rehearsal did not get to its end",
            "2:the file, the input or the options cannot be used",
            "3:everything right, but on the in-memory API server, which proves little"
        },
        footer = {"", "Example:  java -jar e2e/target/rehearsal.jar k8s/examples/clickstream.yaml"})
public final class RehearsalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "YAML with one KafkaFlinkPipeline. It stays as it is: what points"
                    + " to a cluster or a bucket is replaced on the way, and said.")
    private Path file;

    @Option(
            names = "--upgrade",
            paramLabel = "FILE",
            description = "The same pipeline, changed: instead of the standard steps, FILE is started and becomes this"
                    + " one while records flow.")
    private Path upgrade;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Events to replay: JSON lines, or an access log in combined format. Default:"
                    + " ../shared/data/clicks.jsonl beside the checkout, else events that come with the rehearsal.")
    private Path input;

    @Option(
            names = "--records-per-second",
            paramLabel = "N",
            defaultValue = "500",
            description = "Load of the numbered pipeline that runs beside FILE (default: ${DEFAULT-VALUE}).")
    private int recordsPerSecond;

    @Option(
            names = "--keep",
            description = "At the end leave everything running, print how to reach it, and wait for Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--kube-api",
            paramLabel = "auto|memory",
            defaultValue = "auto",
            description = "auto: a real kube-apiserver where one can be found, downloaded or built. memory: none"
                    + " (default: ${DEFAULT-VALUE}).")
    private KubeApiChoice kubeApi;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page with throughput, lag, upgrades and the table to this file, as in report.html.")
    private Path report;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description =
                    "Folder that gets a folder with all logs and data of this run, which stay. Default: a temporary"
                            + " folder that is deleted.")
    private Path workDir;

    /** Runs and ends the process with the exit code. */
    public static void main(String[] arguments) {
        // Before the first logger: the operator's jar brings a configuration of its own.
        System.getProperties().putIfAbsent("logback.configurationFile", "rehearsal-logback.xml");
        // The in-memory API server writes every request to the terminal otherwise.
        LogManager.getLogManager().reset();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RehearsalCommand()).setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter error = command.getErr();
            boolean input = failure instanceof BadInputException || failure instanceof UncheckableException;
            // The exceptions of this project are sentences; others need their names to be understood.
            boolean ours = failure.getClass().getName().startsWith("io.kafkaflink.");
            error.println("error: " + (ours ? failure.getMessage() : failure));
            error.flush();
            return (input ? Outcome.BAD_INPUT : Outcome.FAULTY).code();
        });
    }

    @Override
    public Integer call() throws Exception {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
        }
        if (recordsPerSecond < 1 || recordsPerSecond > 100_000) {
            throw new ParameterException(
                    spec.commandLine(), "--records-per-second is " + recordsPerSecond + "; expected 1 to 100000");
        }
        Options options = new Options(
                file,
                Optional.ofNullable(upgrade),
                Optional.ofNullable(input),
                recordsPerSecond,
                keep,
                kubeApi,
                Optional.ofNullable(report),
                Optional.ofNullable(workDir));
        try (Progress progress = Progress.standard()) {
            return new Rehearsal(options, progress, spec.commandLine().getOut())
                    .run()
                    .code();
        }
    }
}
