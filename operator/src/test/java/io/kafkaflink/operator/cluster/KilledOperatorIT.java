package io.kafkaflink.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.kafkaflink.kubeapi.KubeApi;
import io.kafkaflink.kubeapi.RequiresKubeApi;
import io.kafkaflink.kubeapi.TestNamespace;
import io.kafkaflink.operator.api.v1alpha1.PipelineStatus;
import io.kafkaflink.operator.observe.Definition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The operator is killed after each of its writes, and another one goes on. One pipeline a kill point, all at once: the
 * operator dies for pipeline {@code p<n>} after its n-th write, for {@code p0} never.
 */
@RequiresKubeApi
class KilledOperatorIT {
    private final MortalWriting mortal = new MortalWriting();
    private World world;
    private Site site;
    /** More kill points than a step has writes; each test shows that they are. */
    private int killPoints;
    /** Which kill points are tried; the simulated world tries all of all scenarios. */
    private IntPredicate tried = n -> true;

    @BeforeEach
    void site(KubeApi api, TestNamespace namespace) {
        world = World.of(api);
        site = new Site(world, namespace.name()).withTopicOperator();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @DisplayName("created, with the operator killed after every other write: the same end, one job, no savepoint")
    void created() {
        killPoints = 24;
        // CrashMatrixTest tries them all, without processes.
        tried = n -> n % 2 == 1;

        killEach(UnaryOperator.identity());

        assertSameEnd("-a", 0, "FirstStart");
    }

    @Test
    @DisplayName("changed, with the operator killed after every third write: the same end, exactly one savepoint")
    void changed() {
        killPoints = 26;
        tried = n -> n % 3 == 1;
        running();

        killEach(text -> text.withPrefix("changed: "));

        assertSameEnd("-b", 1, "Configuration");
    }

    @Test
    @DisplayName("grown, with the operator killed after every third write: the same end, exactly one savepoint")
    void grown() {
        killPoints = 30;
        // But for the topic's, its steps are those of a changed spec, which tries other points.
        tried = n -> n % 3 == 0;
        running();

        killEach(text -> text.withPartitions(4)
                .with("upgrade: {growth: GrowInPlace, acknowledge: [{risk: Reordering, value: \"" + text.input()
                        + " 2->4\"}]}"));

        assertSameEnd("-b", 1, "Growth");
    }

    @Test
    @DisplayName(
            "suspended and resumed, with the operator killed after every other write: the same end, exactly one savepoint")
    void suspendedAndResumed() {
        killPoints = 16;
        tried = n -> n % 2 == 0;
        running();

        killEach(text -> text.suspended(true));
        assertSameEnd("-a", 1, "Suspend");
        assertThat(names()).allSatisfy(name -> assertThat(status(name).job()).isEqualTo("SUSPENDED"));

        killEach(UnaryOperator.identity());
        assertSameEnd("-a", 1, "Resume");
    }

    @Test
    @DisplayName("deleted, with the operator killed after each write: nothing but the topics is left")
    void deleted() {
        killPoints = 10;
        running();
        site.stopOperator();
        names().forEach(name -> mortal.dieAfter(name, number(name)));
        site.withOperator(mortal.writing());

        names().forEach(site::delete);
        awaitDeaths(name -> site.find(name).isEmpty());
        site.stopOperator();
        site.withOperator();

        site.eventually(() -> assertThat(names())
                .allSatisfy(name -> assertThat(site.find(name)).isEmpty()));
        assertThat(site.all(Definition.FLINK_DEPLOYMENT)
                        .inNamespace(site.namespace)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(site.client
                        .apps()
                        .controllerRevisions()
                        .inNamespace(site.namespace)
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(site.client.configMaps().inNamespace(site.namespace).list().getItems().stream()
                        .map(configMap -> configMap.getMetadata().getName()))
                .noneSatisfy(name -> assertThat(name).matches("p\\d+-([0-9a-f]{8}|[ab]-handover)"));
        assertThat(savepoints()).allSatisfy((name, paths) -> assertThat(paths).hasSize(1));
    }

    private void running() {
        names().forEach(name -> site.apply(PipelineText.named(name)));
        site.withOperator();
        names().forEach(site::awaitReady);
        site.awaitQuiet();
    }

    /** Changes every pipeline under an operator that dies, waits until it has done what it could, and starts another. */
    private void killEach(UnaryOperator<PipelineText> change) {
        site.stopOperator();
        names().forEach(name -> mortal.dieAfter(name, number(name)));
        names().forEach(name -> site.apply(change.apply(PipelineText.named(name))));
        site.withOperator(mortal.writing());
        awaitDeaths(this::isReady);
        assertThat(mortal.writes("p0"))
                .as("writes of an undisturbed pipeline; raise killPoints")
                .isBetween(2, killPoints);
        site.stopOperator();
        site.withOperator();
        names().forEach(site::awaitReady);
    }

    private void awaitDeaths(java.util.function.Predicate<String> finished) {
        site.eventually(
                () -> assertThat(names()).allSatisfy(name -> assertThat(mortal.died(name) || finished.test(name))
                        .as("%s is dead or done", name)
                        .isTrue()));
    }

    /** @param slot {@code -a} or {@code -b}, where the job has to run in the end, and nothing in the other one */
    private void assertSameEnd(String slot, int savepoints, String kind) {
        assertThat(names()).allSatisfy(name -> {
            assertThat(status(name).deployed().flinkDeployment()).isEqualTo(name + slot);
            assertThat(deployments(name)).containsExactly(name + slot);
            assertThat(spec(Definition.FLINK_DEPLOYMENT, name, name + slot))
                    .isEqualTo(spec(Definition.FLINK_DEPLOYMENT, "p0", "p0" + slot));
            assertThat(handovers(name)).containsExactly(name + slot + "-handover");
            assertThat(spec(Definition.KAFKA_TOPIC, name, name + "-in"))
                    .isEqualTo(spec(Definition.KAFKA_TOPIC, "p0", "p0-in"));
            assertThat(status(name).lastUpgrade().kind()).isEqualTo(kind);
            assertThat(status(name).lastUpgrade().result()).isEqualTo("Succeeded");
            assertThat(status(name).upgrade()).isNull();
            assertThat(savepoints().getOrDefault(name, List.of())).hasSize(savepoints);
        });
    }

    /** The spec as text, with what differs by name alone left out. */
    private String spec(Definition definition, String pipeline, String resource) {
        GenericKubernetesResource found = site.get(definition, resource);
        String yaml = site.client
                .getKubernetesSerialization()
                .asYaml(found.getAdditionalProperties().get("spec"));
        return yaml.replaceAll(pipeline + "-[0-9a-f]{8}", "REVISION")
                .replaceAll("\\b[0-9a-f]{64}\\b", "HASH")
                .replaceAll("savepoint-[0-9a-f]+-[0-9a-f]+", "SAVEPOINT")
                .replaceAll("\\b" + pipeline + "\\b", "PIPELINE");
    }

    private Map<String, List<String>> savepoints() {
        Map<String, List<String>> paths = new TreeMap<>();
        site.all(Definition.FLINK_STATE_SNAPSHOT)
                .inNamespace(site.namespace)
                .list()
                .getItems()
                .forEach(snapshot -> {
                    String deployment = snapshot.get("spec", "jobReference", "name");
                    paths.computeIfAbsent(deployment.replaceFirst("-[ab]$", ""), name -> new java.util.ArrayList<>())
                            .add(snapshot.get("status", "path"));
                });
        return paths;
    }

    private List<String> deployments(String pipeline) {
        return site.all(Definition.FLINK_DEPLOYMENT).inNamespace(site.namespace).list().getItems().stream()
                .map(deployment -> deployment.getMetadata().getName())
                .filter(name -> name.matches(pipeline + "-[ab]"))
                .toList();
    }

    private List<String> handovers(String pipeline) {
        return site.client.configMaps().inNamespace(site.namespace).list().getItems().stream()
                .map(configMap -> configMap.getMetadata().getName())
                .filter(name -> name.matches(pipeline + "-[ab]-handover"))
                .toList();
    }

    private boolean isReady(String name) {
        PipelineStatus status = status(name);
        Long generation = site.pipeline(name).getMetadata().getGeneration();
        return status != null
                && generation.equals(status.observedGeneration())
                && site.condition(name, "Ready").status() == io.kafkaflink.operator.api.v1alpha1.Condition.Status.True;
    }

    private PipelineStatus status(String name) {
        return site.pipeline(name).getStatus();
    }

    private List<String> names() {
        return IntStream.rangeClosed(0, killPoints)
                .filter(n -> n == 0 || tried.test(n))
                .mapToObj(n -> "p" + n)
                .toList();
    }

    /** {@code p0} lives. */
    private static int number(String name) {
        int number = Integer.parseInt(name.substring(1));
        return number == 0 ? Integer.MAX_VALUE : number;
    }
}
