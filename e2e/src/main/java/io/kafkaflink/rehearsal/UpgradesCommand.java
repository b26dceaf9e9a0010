package io.kafkaflink.rehearsal;

import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.KubeApiStart;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.upgrade.UpgradeOptions;
import io.kafkaflink.rehearsal.upgrade.UpgradeRehearsal;
import io.kafkaflink.rehearsal.upgrade.UpgradeReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar rehearsal.jar upgrades}. */
@Command(
        name = "upgrades",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "",
            "Takes numbered pipelines under load through every kind of upgrade and rollback, beside"
                    + " what the documented procedure does by hand, and prints one table.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every scenario ended as it should: nothing lost, duplicated or out of order",
            "1:one did not",
            "2:the options cannot be used"
        })
final class UpgradesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            split = ",",
            description = "Only these, comma-separated; --list shows them all.")
    private List<String> scenarios = List.of();

    @Option(names = "--list", description = "Show the scenarios and do nothing.")
    private boolean list;

    @Option(
            names = "--records-per-second",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Load of each pipeline (default: ${DEFAULT-VALUE}).")
    private int recordsPerSecond;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Play each scenario so often and print p50, p95 and maximum, too (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--crashes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also kill the operator after N of its writes in each scenario, after every one in"
                    + " connector-new-uids, where API server, broker and a Flink process die after N, too"
                    + " (default: none).")
    private int crashes;

    @Option(
            names = "--stages",
            paramLabel = "N",
            defaultValue = "1",
            description = "Play on N stages at once, each with its own API server, broker and operator: sooner done,"
                    + " but their times are no figures any more (default: ${DEFAULT-VALUE}).")
    private int stages;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Chooses the writes of --crashes (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Folder that gets a folder with all logs and data of this run, which stay. Default: a"
                    + " temporary folder that is deleted.")
    private Path workDir;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            UpgradeRehearsal.names().forEach((name, title) -> out.println(String.format("%-28s %s", name, title)));
            out.flush();
            return Outcome.CLEAN.code();
        }
        for (String name : scenarios) {
            if (!UpgradeRehearsal.names().containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--scenario: there is no '" + name + "'; expected one of "
                                + String.join(", ", UpgradeRehearsal.names().keySet()));
            }
        }
        positive("--records-per-second", recordsPerSecond, 1);
        positive("--runs", runs, 1);
        positive("--crashes", crashes, 0);
        positive("--stages", stages, 1);
        try (Progress progress = Progress.standard()) {
            return run(progress, out).code();
        }
    }

    private void positive(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + "; expected " + least + " or more");
        }
    }

    private Outcome run(Progress progress, PrintWriter out) throws IOException {
        Optional<Path> named = Optional.ofNullable(workDir);
        Path folder = WorkFolder.make(named, Instant.now());
        try (ProcessLedger ledger = ProcessLedger.open()) {
            WorkFolder.discard(named, folder, ledger);
            Installation installation = Installation.here();
            FailureLogs logs = new FailureLogs(folder, installation.folder().resolve("rehearsal-logs"));
            Deque<Stage> open = new ArrayDeque<>();
            Deque<ProcessLedger> ledgers = new ArrayDeque<>();
            try {
                for (int number = 1; number <= stages; number++) {
                    Path own = stages == 1 ? folder : Files.createDirectories(folder.resolve("stage-" + number));
                    ledgers.push(ProcessLedger.open());
                    open.push(Stage.start(
                            ledgers.peek(),
                            KubeApiStart.auto(progress),
                            installation,
                            own,
                            UpgradeRehearsal.settings(installation, own),
                            progress));
                }
                UpgradeOptions options = new UpgradeOptions(scenarios, recordsPerSecond, runs, crashes, seed);
                UpgradeReport report = new UpgradeRehearsal(List.copyOf(open), installation, options, progress).play();
                progress.close();
                out.println();
                out.print(report.text());
                out.flush();
                if (report.outcome() == Outcome.FAULTY) {
                    logs.keep(out);
                }
                return report.outcome();
            } catch (RuntimeException failed) {
                logs.keep(out);
                throw failed;
            } finally {
                open.forEach(Stage::close);
                ledgers.forEach(ProcessLedger::close);
            }
        }
    }
}
