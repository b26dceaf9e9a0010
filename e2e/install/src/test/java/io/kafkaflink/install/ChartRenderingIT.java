package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kafkaflink.operator.runtime.InvalidConfiguration;
import io.kafkaflink.operator.runtime.OperatorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What real Helm makes of the chart. */
class ChartRenderingIT {
    private static final List<String> CASES = List.of("default", "namespaced", "everything");

    /** Of these the pod decides, or they concern a process outside of a cluster. */
    private static final Set<String> NOT_VALUES = Set.of(
            "KAFKAFLINK_LEADER_ELECTION_NAMESPACE", "KAFKAFLINK_LEADER_ELECTION_IDENTITY", "KAFKAFLINK_HEALTH_ADDRESS");

    @TempDir
    Path folder;

    static Stream<Arguments> cases() {
        return Stream.of(Helm.values()).flatMap(helm -> CASES.stream().map(name -> Arguments.of(helm, name)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    @DisplayName("the objects are those of the golden file, with either Helm")
    void golden(Helm helm, String name) throws IOException, InterruptedException {
        Golden.assertMatches(
                Path.of("src/test/resources/rendered", name + ".yaml"),
                rendered(helm, name).readable());
    }

    @Test
    @DisplayName("every golden file and every file of values belongs to a case")
    void allUsed() {
        assertThat(Repository.files(Path.of("src/test/resources/rendered"), ".yaml"))
                .hasSameSizeAs(CASES);
        assertThat(Repository.files(Repository.VALUES, ".yaml")).hasSameSizeAs(CASES);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("lint --strict has nothing to say")
    void lint(Helm helm) throws IOException, InterruptedException {
        for (String name : CASES) {
            Command.Outcome outcome = helm.command()
                    .run(
                            "lint",
                            "--strict",
                            Repository.CHART.toString(),
                            "--values",
                            values(name).toString())
                    .orFail();
            assertThat(outcome.out()).doesNotContain("[WARNING]", "[ERROR]");
        }
    }

    @Test
    @DisplayName("the definition is the one of crds/, but for labels and annotations")
    void definition() throws IOException, InterruptedException {
        ObjectNode crd = (ObjectNode) rendered(Helm.V4, "everything").single("CustomResourceDefinition");
        assertThat(crd.at("/metadata/annotations").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "helm.sh/resource-policy", "example.org/owner", "argocd.argoproj.io/sync-options");
        ((ObjectNode) crd.get("metadata")).remove(List.of("labels", "annotations"));

        assertThat(crd).isEqualTo(Repository.tree(Repository.CRD));
    }

    @ParameterizedTest
    @CsvSource({"default", "namespaced"})
    @DisplayName("rights are those of k8s/base, bound to the operator's account and to nothing else")
    void rights(String name) throws IOException, InterruptedException {
        Rendering chart = rendered(Helm.V4, name);
        Rendering base = Rendering.of(Repository.files(Repository.ROOT.resolve("k8s/base"), ".yaml").stream()
                .filter(file -> file.getFileName().toString().startsWith("role-"))
                .map(Repository::text)
                .collect(Collectors.joining("\n---\n")));
        boolean elects = name.equals("default");

        assertThat(chart.rights("-pipelines"))
                .isEqualTo(base.rights("-pipelines"))
                .hasSizeGreaterThan(10);
        assertThat(chart.rights("-topics")).isEqualTo(base.rights("-topics")).hasSizeGreaterThan(5);
        assertThat(chart.rights("-leader-election")).isEqualTo(elects ? base.rights("-leader-election") : Set.of());
        assertThat(chart.rights("")).noneMatch(right -> right.contains("*") || right.contains("secrets"));
        assertThat(Stream.concat(chart.ofKind("RoleBinding").stream(), chart.ofKind("ClusterRoleBinding").stream()))
                .hasSize(elects ? 3 : 2)
                .allSatisfy(binding -> assertThat(binding.path("subjects").toString())
                        .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"kafkaflink-operator\","
                                + "\"namespace\":\"kafkaflink\"}]"));
    }

    @Test
    @DisplayName("with watchNamespaces there is nothing of the whole cluster, and a role in each namespace once")
    void namespaced() throws IOException, InterruptedException {
        Path values =
                write("watchNamespaces: [a, b, kafka]\ntopicNamespaces: [kafka, shared]\ncrds: {enabled: false}\n");
        Rendering chart = Rendering.of(Helm.V4.template("team", Repository.CHART, values));

        assertThat(chart.kinds()).noneMatch(kind -> kind.startsWith("Cluster"));
        assertThat(chart.ofKind("Role"))
                .extracting(role -> role.at("/metadata/namespace").asText() + " "
                        + role.at("/metadata/name").asText())
                .containsExactlyInAnyOrder(
                        "a kafkaflink:team-kafkaflink-operator-pipelines",
                        "b kafkaflink:team-kafkaflink-operator-pipelines",
                        "kafka kafkaflink:team-kafkaflink-operator-pipelines",
                        "kafka kafkaflink:team-kafkaflink-operator-topics",
                        "shared kafkaflink:team-kafkaflink-operator-topics",
                        "kafkaflink kafkaflink:team-kafkaflink-operator-leader-election");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    {wachNamespaces: [a]}                       | additional properties 'wachNamespaces' not allowed
                    {image: {digst: x}}                         | at '/image': additional properties 'digst' not allowed
                    {image: {digest: sha256}}                   | at '/image/digest': 'sha256' does not match pattern
                    {logging: {level: LOUD}}                    | value must be one of 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'
                    {replicaCount: two}                         | at '/replicaCount': got string, want integer
                    {watchNamespaces: streaming}                | at '/watchNamespaces': got string, want array
                    {watchNamespaces: [Streaming]}              | at '/watchNamespaces/0': 'Streaming' does not match pattern
                    {pipelines: {jobImages: {v2_2: a}}}         | 'v2_2' does not match pattern
                    {operator: {requeueInterval: 2 minutes}}    | at '/operator/requeueInterval': '2 minutes' does not match pattern
                    {replicaCount: 2, leaderElection: {enabled: false}} | replicaCount is 2 and leaderElection.enabled is false
                    {metrics: {prometheusRule: {alerts: {PipelineDown: {for: 1m}}}}} | at '/metrics/prometheusRule/alerts': additional properties 'PipelineDown' not allowed
                    {metrics: {prometheusRule: {enabled: true, alerts: {KafkaFlinkOperatorDown: {threshold: 1}}}}} | alerts.KafkaFlinkOperatorDown.threshold: this alert compares with no number
                    {metrics: {serviceMonitor: {enabled: true}, podMonitor: {enabled: true}}} | every sample would be there twice
                    {serviceAccount: {create: false}}           | Set serviceAccount.name to an account that exists
                    {extraEnv: [{name: KAFKAFLINK_LOG_LEVEL, value: DEBUG}]} | extraEnv sets KAFKAFLINK_LOG_LEVEL
                    """)
    @DisplayName("a value that is wrong is refused in words that name it, by either Helm")
    void refusals(String values, String message) throws IOException, InterruptedException {
        for (Helm helm : Helm.values()) {
            Command.Outcome outcome = helm.command()
                    .run(
                            "template",
                            "x",
                            Repository.CHART.toString(),
                            "--values",
                            write(values).toString());
            assertThat(outcome.code()).isNotZero();
            assertThat(outcome.err()).contains(message);
        }
    }

    @ParameterizedTest
    @CsvSource({"default", "namespaced", "everything"})
    @DisplayName("the operator understands the settings, and they say what the values say")
    void settings(String name) throws IOException, InterruptedException, InvalidConfiguration {
        OperatorConfig config = OperatorConfig.parse(environment(rendered(Helm.V4, name)));

        assertThat(config.watchNamespaces()).isEqualTo(name.equals("namespaced") ? Set.of("streaming") : Set.of());
        assertThat(config.topicNamespaces()).isEqualTo(name.equals("namespaced") ? Set.of("kafka") : Set.of());
        assertThat(config.leaderElection().isPresent()).isEqualTo(!name.equals("namespaced"));
        assertThat(config.health().port()).isEqualTo(8080);
        if (name.equals("everything")) {
            assertThat(config.defaults().identityPrefix()).isEqualTo("east");
            assertThat(config.defaults().stateDir()).isEqualTo("s3://bucket/flink");
            assertThat(config.defaults().images()).hasSize(1).containsValue("registry.example/job:1");
        }
    }

    @Test
    @DisplayName("every setting of the operator is a value of the chart, but those that a pod decides")
    void allSettings() throws IOException, InterruptedException {
        Set<String> known = Pattern.compile("(?m)^\\| `(KAFKAFLINK_[A-Z_]+)`")
                .matcher(Repository.text(Repository.ROOT.resolve("docs/configuration.md")))
                .results()
                .map(found -> found.group(1))
                .filter(variable -> !NOT_VALUES.contains(variable))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> set =
                new TreeSet<>(environment(rendered(Helm.V4, "everything")).keySet());
        set.addAll(environment(rendered(Helm.V4, "namespaced")).keySet());
        set.removeIf(variable -> !variable.startsWith("KAFKAFLINK_"));

        assertThat(set).isEqualTo(known);
    }

    @Test
    @DisplayName("the Deployment differs from the one of k8s/base in nothing that is not said here")
    void sameDeployment() throws IOException, InterruptedException {
        JsonNode chart = rendered(Helm.V4, "default").single("Deployment").at("/spec/template/spec");
        JsonNode base = Repository.tree(Repository.ROOT.resolve("k8s/base/deployment.yaml"))
                .at("/spec/template/spec");

        assertThat(chart.path("securityContext")).isEqualTo(base.path("securityContext"));
        assertThat(chart.path("volumes")).isEqualTo(base.path("volumes"));
        for (String field : List.of(
                "image",
                "ports",
                "resources",
                "securityContext",
                "volumeMounts",
                "startupProbe",
                "livenessProbe",
                "readinessProbe")) {
            assertThat(chart.at("/containers/0").path(field))
                    .as(field)
                    .isEqualTo(base.at("/containers/0").path(field));
        }
        assertThat(environment(rendered(Helm.V4, "default")))
                .containsAllEntriesOf(environment(
                        Rendering.of(Repository.text(Repository.ROOT.resolve("k8s/base/deployment.yaml")))));
    }

    @ParameterizedTest
    @CsvSource({"docs/operations.md", "helm/kafkaflink-operator/README.md"})
    @DisplayName("the commands of the pages install the operator")
    void pages(String page) throws IOException, InterruptedException {
        List<String> commands = Pattern.compile("(?m)^helm install ((?:.*\\\\\n)*.*)$")
                .matcher(Repository.text(Repository.ROOT.resolve(page)))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(commands).hasSize(1);
        Command helm = Helm.V4.command();
        String script = "cd ../.. && " + helm.program().get(0) + " template " + commands.get(0);

        Rendering rendered = Rendering.of(new Command(List.of("bash"), helm.environment())
                .run("-c", script)
                .orFail()
                .out());

        assertThat(rendered.single("Deployment")
                        .at("/spec/template/spec/containers/0/image")
                        .asText())
                .isEqualTo("registry.example/kafkaflink-operator:0.1.0");
        if (page.startsWith("docs/")) {
            assertThat(environment(rendered))
                    .containsEntry("KAFKAFLINK_JOB_IMAGES", "2.2/5.0.0=registry.example/kafkaflink-job:2.2-5.0.0");
        }
    }

    static Map<String, String> environment(Rendering rendering) {
        Map<String, String> environment = new TreeMap<>();
        rendering
                .single("Deployment")
                .at("/spec/template/spec/containers/0/env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(), variable.path("value").asText()));
        return environment;
    }

    static Rendering rendered(Helm helm, String name) throws IOException, InterruptedException {
        return Rendering.of(helm.template("kafkaflink-operator", Repository.CHART, values(name)));
    }

    private static Path values(String name) {
        return Repository.VALUES.resolve(name + ".yaml");
    }

    private Path write(String values) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), values);
    }
}
