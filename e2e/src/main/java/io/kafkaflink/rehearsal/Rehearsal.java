package io.kafkaflink.rehearsal;

import io.kafkaflink.processes.ProcessLedger;
import io.kafkaflink.rehearsal.Options.KubeApiChoice;
import io.kafkaflink.rehearsal.input.BadInputException;
import io.kafkaflink.rehearsal.input.InputFile;
import io.kafkaflink.rehearsal.pipeline.PipelineFile;
import io.kafkaflink.rehearsal.pipeline.Shape;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.report.Report;
import io.kafkaflink.rehearsal.report.ReportTable;
import io.kafkaflink.rehearsal.stage.Installation;
import io.kafkaflink.rehearsal.stage.KubeApiStart;
import io.kafkaflink.rehearsal.stage.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

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
        PipelineFile file = PipelineFile.read(options.file());
        Installation installation = Installation.here();
        InputFile input =
                options.input().map(InputFile::read).orElseGet(() -> InputFile.standard(installation.checkout()));
        checkInput(file.shape(), input);
        Path workDir = options.workDir().isPresent()
                ? Files.createDirectories(options.workDir().get())
                : Files.createTempDirectory("kafkaflink-rehearsal-");
        System.setProperty(
                "kafkaflink.rehearsal.log", workDir.resolve("rehearsal.log").toString());
        ProcessLedger ledger = ProcessLedger.open();
        if (options.workDir().isEmpty()) {
            ledger.deleteOnClose(workDir);
        }
        KubeApiStart kubeApi =
                options.kubeApi() == KubeApiChoice.memory ? KubeApiStart.memory() : KubeApiStart.auto(progress);
        FailureLogs logs = new FailureLogs(workDir, installation.folder().resolve("rehearsal-logs"));
        try (Stage stage = Stage.start(ledger, kubeApi, installation, workDir, file, progress);
                Scenario scenario = new Scenario(stage, options, file, input, progress, began)) {
            Report report = scenario.play();
            progress.close();
            out.println();
            out.print(ReportTable.of(report));
            out.flush();
            if (report.outcome() == Outcome.FAULTY) {
                logs.keep(out);
            }
            keep(stage, scenario);
            return report.outcome();
        } catch (RuntimeException failed) {
            if (!(failed instanceof BadInputException)) {
                logs.keep(out);
            }
            throw failed;
        } finally {
            ledger.close();
        }
    }

    private static void checkInput(Shape shape, InputFile input) {
        if (!(shape.source() instanceof Shape.KafkaInput)) {
            return;
        }
        shape.eventTimeField().ifPresent(field -> {
            for (int i = 0; i < input.events().size(); i++) {
                if (!input.events().get(i).path(field).isIntegralNumber()) {
                    throw new BadInputException(
                            "input " + input.name() + ": event " + (i + 1) + " has no field " + field
                                    + " with epoch milliseconds, which spec.eventTime.field names: "
                                    + input.events().get(i));
                }
            }
        });
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
