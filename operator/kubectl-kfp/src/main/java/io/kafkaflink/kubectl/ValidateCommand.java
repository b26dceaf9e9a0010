package io.kafkaflink.kubectl;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.kafkaflink.kubectl.offline.OfflineCheck;
import io.kafkaflink.kubectl.offline.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges files as API server and operator would, without asking them. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        versionProvider = KfpVersion.class,
        description =
                "Says without a cluster whether pipelines in files would be accepted. Other resources are left out."
                        + " Exit code 0 when all are valid, 1 when one is not, 2 when a file cannot be read.")
final class ValidateCommand implements Callable<Integer> {
    private static final int INVALID = 1;
    private static final int UNREADABLE = 2;
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    @Mixin
    private OutputOption output;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML or JSON, with one resource or several.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    /** Of one pipeline. */
    record Verdict(String file, String pipeline, boolean valid, List<Problem> problems) {}

    /** A file that cannot be read, and why. */
    record Unreadable(String file, String message) {}

    /** Of all files. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Report(List<Verdict> pipelines, List<Unreadable> unreadable, List<String> notChecked) {

        int code() {
            if (!unreadable.isEmpty()) {
                return UNREADABLE;
            }
            return pipelines.stream().allMatch(Verdict::valid) ? 0 : INVALID;
        }

        String text() {
            Stream<String> read = pipelines.stream().map(ValidateCommand::text);
            Stream<String> not = unreadable.stream().map(file -> file.file() + ": " + file.message());
            Stream<String> rest = Stream.of("Not checked without a cluster:");
            return Stream.of(read, not, rest, notChecked.stream().map(what -> "- " + what))
                    .flatMap(lines -> lines)
                    .collect(Collectors.joining("\n"));
        }
    }

    @Override
    public Integer call() {
        List<Verdict> verdicts = new ArrayList<>();
        List<Unreadable> unreadable = new ArrayList<>();
        for (Path file : files) {
            try {
                pipelines(file).forEach(pipeline -> verdicts.add(verdict(file, pipeline)));
            } catch (IOException e) {
                unreadable.add(new Unreadable(file.toString(), "cannot be read: " + words(e)));
            }
        }
        if (verdicts.isEmpty() && unreadable.isEmpty()) {
            unreadable.add(new Unreadable(
                    files.stream().map(Path::toString).collect(Collectors.joining(", ")),
                    "found no KafkaFlinkPipeline, expected at least one"));
        }
        Report report = new Report(verdicts, unreadable, OfflineCheck.NOT_CHECKED);
        output.print(
                report,
                report::text,
                new KubernetesSerialization(),
                spec.commandLine().getOut());
        return report.code();
    }

    private static List<JsonNode> pipelines(Path file) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file)).readAll().stream()
                .flatMap(document -> document.path("items").isArray()
                        ? document.path("items").valueStream()
                        : Stream.of(document))
                .filter(OfflineCheck::isPipeline)
                .toList();
    }

    private static Verdict verdict(Path file, JsonNode pipeline) {
        List<Problem> problems = OfflineCheck.problems(pipeline);
        return new Verdict(file.toString(), pipeline.at("/metadata/name").asText(), problems.isEmpty(), problems);
    }

    private static String text(Verdict verdict) {
        String head = verdict.file() + ": KafkaFlinkPipeline " + verdict.pipeline() + ": "
                + (verdict.valid() ? "valid" : "invalid");
        return Stream.concat(Stream.of(head), verdict.problems().stream().map(problem -> "  " + problem.message()))
                .collect(Collectors.joining("\n"));
    }

    private static String words(IOException failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return failure instanceof NoSuchFileException ? "there is no such file" : first;
    }
}
