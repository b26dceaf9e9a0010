package io.kafkaflink.rehearsal;

import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.Options.KubeApiChoice;
import io.kafkaflink.rehearsal.check.InputRecord;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.pipeline.UncheckableException;
import io.kafkaflink.rehearsal.report.HtmlReport;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.report.Report;
import io.kafkaflink.rehearsal.report.ReportTable;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.KubeApiStart;
import io.kafkaflink.rehearsal.stage.Stage;
import io.kafkaflink.rehearsal.stage.StageSettings;
import io.kafkaflink.rehearsal.traffic.EventReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/** One rehearsal from the command line to the exit code. */
final class Rehearsal {
    private final Options options;
    private final Progress progress;
    private final PrintWriter out;
    private final Instant began = Instant.now();

    Rehearsal(Options options, Progress progress, PrintWriter out) {
        this.options = options;
        this.progress = progress;
        this.out = out;
    }

    /** Runs it; nothing it has started is left afterwards. */
    Outcome run() throws IOException, InterruptedException {
        // Before the first logger: even reading a filter starts one.
        Path workDir = WorkFolder.make(options.workDir(), began);
        try (ProcessLedger ledger = ProcessLedger.open()) {
            WorkFolder.discard(options.workDir(), workDir, ledger);
            PipelineFile file = PipelineFile.read(options.file());
            Optional<PipelineFile> next = options.upgrade().map(file::readUpgrade);
            Installation installation = Installation.here();
            InputFile input =
                    options.input().map(InputFile::read).orElseGet(() -> InputFile.standard(installation.checkout()));
            checkRunsOn(file);
            checkInput(file.shape(), input);
            return play(ledger, installation, workDir, new Script(file, next, input));
        }
    }

    private Outcome play(ProcessLedger ledger, Installation installation, Path workDir, Script script)
            throws InterruptedException {
        KubeApiStart kubeApi =
                options.kubeApi() == KubeApiChoice.memory ? KubeApiStart.memory() : KubeApiStart.auto(progress);
        FailureLogs logs = new FailureLogs(workDir, installation.folder().resolve("rehearsal-logs"));
        try (Stage stage = Stage.start(
                        ledger,
                        kubeApi,
                        installation,
                        workDir,
                        StageSettings.of(script.file(), installation),
                        progress);
                Scenario scenario = new Scenario(stage, options, script, progress, began)) {
            Report report = scenario.play();
            progress.close();
            out.println();
            out.print(ReportTable.of(report));
            out.flush();
            write(report, scenario);
            if (report.outcome() == Outcome.FAULTY) {
                logs.keep(out);
            }
            keep(stage, scenario);
            return report.outcome();
        } catch (BadInputException | UncheckableException refused) {
            throw refused;
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(Rehearsal.class).error("the rehearsal did not get to its end", failed);
            progress.close();
            logs.keep(out);
            throw failed;
        }
    }

    /** The table is told already: a page that cannot be written is no fault of the pipeline. */
    private void write(Report report, Scenario scenario) {
        options.report().ifPresent(file -> {
            try {
                HtmlReport.write(file, report, scenario.timeline());
                out.println();
                out.println("Report: " + file.toAbsolutePath());
            } catch (IOException failed) {
                throw new UncheckedIOException("the report cannot be written to " + file, failed);
            }
        });
    }

    /** Everything that can be refused is refused before anything is started. */
    /** What a rehearsal writes would come after the end, and its upgrades too. */
    private static void checkRunsOn(PipelineFile file) {
        if (file.ends()) {
            throw new UncheckableException(
                    file.file() + ": the source has an end (stoppingOffsets or datagen.count), and a"
                            + " rehearsal is of a pipeline that runs on; leave the end out to rehearse the rest");
        }
    }

    private void checkInput(Shape shape, InputFile input) {
        if (shape.source() instanceof Shape.KafkaInput) {
            List<InputRecord> records = new EventReading(shape).all(input);
            shape.sinks().forEach(sink -> Judgement.of(shape, sink, records));
            progress.say("events: " + input.events().size() + " of " + input.name()
                    + (input.skipped() == 0
                            ? ""
                            : "; " + input.skipped() + " lines skipped, the first is line " + input.firstSkipped()));
        } else {
            shape.sinks().forEach(sink -> Judgement.of(shape, sink, List.of()));
        }
    }

    private void keep(Stage stage, Scenario scenario) throws InterruptedException {
        if (!options.keep()) {
            return;
        }
        out.println();
        out.println("Kept running until Ctrl-C. In another terminal:");
        out.println();
        out.println("  export KUBECONFIG='" + stage.api().kubeconfigFile() + "'");
        stage.api().kubectl().ifPresent(kubectl -> out.println("  alias kubectl='" + kubectl + "'"));
        out.println("  kubectl get kfp --all-namespaces");
        out.println();
        out.println("  Kafka     " + stage.bootstrapServers());
        scenario.flinkAddresses().forEach((name, address) -> out.println("  Flink     " + address + "  " + name));
        out.flush();
        new CountDownLatch(1).await();
    }
}
