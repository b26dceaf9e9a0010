package io.kafkaflink.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kafkaflink.model.JobConfiguration.Uids;
import io.kafkaflink.model.JobConfigurationCheck;
import io.kafkaflink.operator.api.v1alpha1.KafkaFlinkPipeline;
import io.kafkaflink.operator.api.v1alpha1.PipelineSpec;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.api.v1alpha1.SinkSpec;
import io.kafkaflink.operator.desired.GroupIds;
import io.kafkaflink.operator.desired.JobConfigurations;
import io.kafkaflink.operator.desired.KafkaAccess;
import io.kafkaflink.operator.desired.OperatorDefaults;
import io.kafkaflink.operator.desired.PipelineId;
import io.kafkaflink.operator.desired.VersionPair;
import io.kafkaflink.operator.observe.KafkaState;
import io.kafkaflink.operator.observe.Observation;
import io.kafkaflink.operator.plan.PipelinePlanner;
import io.kafkaflink.operator.plan.ReasonNames;
import io.kafkaflink.operator.plan.Refusal;
import io.kafkaflink.operator.plan.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README and docs say, against the code. */
class DocsTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final KafkaAccess KAFKA = new KafkaAccess("kafka:9092", List.of());
    private static final OperatorDefaults DEFAULTS =
            new OperatorDefaults(Map.of(new VersionPair("v2_2", "5.0.0"), "job:1"), null, "flink", "");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static final Pattern REPOSITORY_PATH = Pattern.compile(
            "(?<![\\w./-])(?:docs|k8s|crds|operator|job|e2e|config)/[\\w./-]*[\\w-](?:\\.\\w+)?(?![\\w*<…])");

    private final PipelineSchema schema = PipelineSchema.committed();

    static List<MarkdownPage> pages() throws IOException {
        return MarkdownPage.all();
    }

    static List<String> pipelines() throws IOException {
        return MarkdownPage.pipelines();
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    @DisplayName("a whole pipeline has known fields only, and neither job nor operator refuses it")
    void wholePipeline(String block) throws IOException {
        JsonNode resource = YAML.readTree(block);
        assertThat(resource.path("apiVersion").asText())
                .isEqualTo(KafkaFlinkPipeline.GROUP + "/" + KafkaFlinkPipeline.VERSION);
        PipelineSpec spec = YAML.treeToValue(resource.get("spec"), PipelineSpec.class);
        PipelineId id =
                new PipelineId("streaming", resource.at("/metadata/name").asText(), "uid-1");

        assertThat(id.name()).matches(KafkaFlinkPipeline.NAME_PATTERN);
        assertThat(PipelinePlanner.plan(situation(id, spec)).refusals())
                .noneMatch(refusal -> refusal.cure() == Refusal.Cure.USER);
        assertThat(JobConfigurationCheck.violations(JobConfigurations.of(
                        id, spec, KAFKA, GroupIds.of(id, spec, DEFAULTS), uids(spec), Map.of(), DEFAULTS)))
                .isEmpty();
    }

    @Test
    @DisplayName("README has one short whole pipeline, and parts of pipelines elsewhere have known fields only")
    void otherYaml() throws IOException {
        List<String> shown = MarkdownPage.of("README.md").blocks("yaml");
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).lines()).hasSizeLessThanOrEqualTo(20);
        for (MarkdownPage page : pages()) {
            for (String block : page.blocks("yaml")) {
                JsonNode tree = YAML.readTree(block);
                if (!tree.has("kind")) {
                    YAML.treeToValue(tree, PipelineSpec.class);
                }
            }
        }
    }

    @Test
    @DisplayName("every control of SECURITY.md is shown by tests that there are")
    void controls() throws IOException {
        Set<String> named = MarkdownPage.of("SECURITY.md").rows().stream()
                .flatMap(row -> row.codesUnder("Shown by").stream())
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(MarkdownPage.ROOT)) {
            Set<String> present = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(".*(Test|IT)\\.java"))
                    .map(file -> file.replace(".java", ""))
                    .collect(Collectors.toSet());
            assertThat(named).hasSizeGreaterThan(10).isSubsetOf(present);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("links inside the repository lead to files and headings that exist")
    void links(MarkdownPage page) {
        List<String> broken = page.links().stream()
                .filter(link -> !link.matches("https?://.*"))
                .filter(link -> !leads(page, link))
                .toList();
        assertThat(broken).isEmpty();
    }

    private static boolean leads(MarkdownPage page, String link) {
        String[] parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? null : page.folder().resolve(parts[0]).normalize();
        if (target != null && !Files.exists(target)) {
            return false;
        }
        MarkdownPage read = target == null ? page : null;
        if (parts.length == 2 && target != null) {
            read = MarkdownPage.of(MarkdownPage.ROOT.relativize(target).toString());
        }
        return parts.length == 1 || read.anchors().contains(parts[1]);
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("files and make targets that are named exist; what a build leaves is named by its module")
    void filesAndCommands(MarkdownPage page) throws IOException {
        Set<String> targets = Files.readAllLines(MarkdownPage.ROOT.resolve("Makefile")).stream()
                .filter(line -> line.matches("[a-z0-9-]+:.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        for (String code :
                Stream.concat(page.codes().stream(), page.blocks("sh").stream()).toList()) {
            Pattern.compile("(?m)(?:^|\\s|`)make ([a-z0-9-]+)")
                    .matcher(code)
                    .results()
                    .map(found -> found.group(1))
                    .filter(target -> !targets.contains(target))
                    .forEach(target -> missing.add("make " + target));
            REPOSITORY_PATH
                    .matcher(code)
                    .results()
                    .map(found -> found.group().replaceFirst("/target(/.*)?$", "/pom.xml"))
                    .filter(path -> !Files.exists(MarkdownPage.ROOT.resolve(path)))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("fields in tables of fields, and everything called spec.… or status.…, are in the schema")
    void fields(MarkdownPage page) {
        if (page.generated()) {
            return;
        }
        List<String> named = new ArrayList<>(page.codes().stream()
                .filter(code -> code.matches("(spec|status)\\.[\\w.\\[\\]]+"))
                .toList());
        page.rows().stream()
                .filter(row -> row.header().get(0).equals("Field"))
                .flatMap(row -> row.codes().get(0).stream())
                .map(code -> code.startsWith("status.") || code.startsWith("spec.") ? code : "spec." + code)
                .forEach(named::add);

        assertThat(named).filteredOn(field -> !schema.has(field)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("reasons in columns of reasons are reasons; annotations, variables and names of two words are known")
    void names(MarkdownPage page) throws IOException {
        Set<String> reasons = ReasonNames.all();
        assertThat(page.rows().stream().flatMap(row -> row.codesUnder("reason").stream()))
                .filteredOn(reason -> !reasons.contains(reason))
                .isEmpty();

        Set<String> known = new TreeSet<>(reasons);
        known.addAll(schema.words());
        known.addAll(Sources.types());
        known.addAll(Sources.foreignTypes());
        known.addAll(Sources.eventReasons());
        assertThat(page.codes())
                .filteredOn(code -> code.matches("([A-Z][a-z0-9]+){2,}"))
                .filteredOn(name -> !known.contains(name))
                .isEmpty();

        Pattern identifier = Pattern.compile("kafkaflink\\.io/[a-z-]+(?![a-z0-9])|KAFKAFLINK_[A-Z_]*[A-Z]");
        assertThat(page.codes().stream()
                        .flatMap(code -> identifier.matcher(code).results().map(MatchResult::group)))
                .filteredOn(name -> !Sources.identifiers().contains(name))
                .isEmpty();
    }

    private static Situation situation(PipelineId id, PipelineSpec spec) {
        Observation seen = Observation.nothingYet(new KafkaState.Known(KAFKA));
        return new Situation(id, 1, NOW, Map.of(), spec, PipelineStatus.EMPTY, seen, DEFAULTS, NOW);
    }

    private static Uids uids(PipelineSpec spec) {
        return new Uids(
                "source-1",
                spec.sinks().stream().collect(Collectors.toMap(SinkSpec::name, sink -> "sink-" + sink.name() + "-1")));
    }
}
