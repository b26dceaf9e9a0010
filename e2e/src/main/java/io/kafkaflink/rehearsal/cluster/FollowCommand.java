package io.kafkaflink.rehearsal.cluster;

import io.kafkaflink.rehearsal.RehearsalFailedException;
import io.kafkaflink.rehearsal.Waiting;
import io.kafkaflink.rehearsal.check.Outages;
import io.kafkaflink.rehearsal.check.Verdict;
import io.kafkaflink.rehearsal.report.Outcome;
import io.kafkaflink.rehearsal.report.Progress;
import io.kafkaflink.rehearsal.traffic.NumberedFlow;
import io.kafkaflink.rehearsal.traffic.Route;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code java -jar rehearsal.jar follow}: the traffic of a scenario on a real cluster, and its judge. */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "",
            "Sends numbered records to the input of a pipeline that counts by key, reads its committed output"
                    + " meanwhile, and compares both once a file appears.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing lost, duplicated, out of order or miscounted", "1:something was", "2:wrong options"})
public final class FollowCommand implements Callable<Integer> {
    private static final Duration PAUSES_SHORTER_THAN = Duration.ofDays(1);

    @Spec
    private CommandSpec spec;

    @Option(names = "--bootstrap-servers", required = true, paramLabel = "HOST:PORT", description = "Of the Kafka.")
    private String bootstrapServers;

    @Option(names = "--input", required = true, paramLabel = "TOPIC", description = "JSON with key and n.")
    private String input;

    @Option(names = "--output", required = true, paramLabel = "TOPIC", description = "The same with count.")
    private String output;

    @Option(
            names = "--records-per-second",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Default: ${DEFAULT-VALUE}.")
    private int recordsPerSecond;

    @Option(names = "--until", required = true, paramLabel = "FILE", description = "Sends until this file exists.")
    private Path until;

    @Option(
            names = "--longest",
            paramLabel = "DURATION",
            defaultValue = "PT30M",
            description = "Gives up when the file does not come (default: ${DEFAULT-VALUE}).")
    private Duration longest;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "PT3M",
            description = "How long the last records may take to come out (default: ${DEFAULT-VALUE}).")
    private Duration drain;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Instant begin = Instant.now();
        try (Progress progress = Progress.standard();
                NumberedFlow flow = new NumberedFlow(bootstrapServers, output, recordsPerSecond)) {
            flow.send(input, Route.pinned("", partition -> true));
            Waiting waiting = new Waiting(progress, () -> {});
            waiting.until(
                    "sending until " + until + " exists",
                    longest,
                    () -> Files.exists(until) ? Optional.empty() : Optional.of(flow.received() + " records came out"));
            flow.stopSending();
            String missing = drained(waiting, flow);
            Verdict verdict = flow.verdict();
            print(out, verdict, flow.gap(begin, Instant.now().plus(PAUSES_SHORTER_THAN)), missing);
            return (verdict.clean() && missing.isEmpty() ? Outcome.CLEAN : Outcome.FAULTY).code();
        }
    }

    /** Empty when everything has come out, else what the wait ended with. */
    private String drained(Waiting waiting, NumberedFlow flow) {
        try {
            waiting.until(
                    "last records",
                    drain,
                    () -> flow.complete(0) ? Optional.empty() : Optional.of(flow.received() + " records came out"));
            return "";
        } catch (RehearsalFailedException late) {
            return late.getMessage();
        }
    }

    private static void print(PrintWriter out, Verdict verdict, Optional<Outages.Gap> pause, String missing) {
        out.println("in        out       lost  duplicated  out of order  longest pause");
        out.println(String.format(
                "%-9d %-9d %-5d %-11d %-13d %s",
                verdict.in(),
                verdict.out(),
                verdict.lost(),
                verdict.duplicated(),
                verdict.outOfOrder().orElse(0),
                pause.map(gap -> String.format("%.1f s", gap.length().toMillis() / 1000.0))
                        .orElse("-")));
        verdict.faults().forEach(out::println);
        if (!missing.isEmpty()) {
            out.println(missing);
        }
        out.flush();
    }
}
