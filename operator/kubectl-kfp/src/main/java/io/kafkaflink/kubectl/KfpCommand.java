package io.kafkaflink.kubectl;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command and its parts. Exit codes: 0 done, 1 not done, 2 wrong usage. */
@Command(
        name = "kubectl kfp",
        description = "Looks at KafkaFlink pipelines and asks the operator for something.",
        mixinStandardHelpOptions = true,
        versionProvider = KfpVersion.class,
        subcommands = {
            ValidateCommand.class,
            RehearseCommand.class,
            PlanCommand.class,
            StatusCommand.class,
            SavepointsCommand.class,
            ExportCommand.class,
            ApproveCommand.class,
            SuspendCommand.class,
            ResumeCommand.class,
            RetryCommand.class,
            RollbackCommand.class,
            NewUidsCommand.class
        })
public final class KfpCommand implements Runnable {
    private static final int NOT_DONE = 1;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new KfpCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("error: " + words(failure));
                    return NOT_DONE;
                })
                .execute(arguments);
    }

    private static String words(Exception failure) {
        if (failure instanceof KubernetesClientException api) {
            return api.getStatus() != null && api.getStatus().getMessage() != null
                    ? api.getStatus().getMessage()
                    : "the API server cannot be asked: " + api.getMessage();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
