package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health and actions for Argo CD. */
class ArgoScriptsTest {
    private static final Path ARGO = Repository.ROOT.resolve("k8s/argocd");
    private static final List<String> ACTIONS = List.of("suspend", "resume", "retry", "new-uids", "rollback");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {metadata: {generation: 1}} | Progressing | Waiting for the KafkaFlink operator
                    {metadata: {generation: 1}, status: {observedGeneration: -1}} | Progressing | Waiting for the KafkaFlink operator
                    {metadata: {generation: 2}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "True", reason: Ready}]}} | Progressing | Waiting for the KafkaFlink operator to see the change
                    {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "False", reason: TopicChanging}, {type: Reconciling, status: "True", reason: TopicChanging, message: clicks has 2 of 4}, {type: Stalled, status: "False"}]}} | Progressing | TopicChanging: clicks has 2 of 4
                    {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "False", reason: RolledBack}, {type: Stalled, status: "True", reason: RolledBack, message: image not found}]}} | Degraded | RolledBack: image not found
                    {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "True", reason: Suspended}, {type: Suspended, status: "True", reason: Suspended, message: stopped with savepoint}]}} | Suspended | Suspended: stopped with savepoint
                    {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "True", reason: Ready, message: all is well}, {type: Suspended, status: "False"}, {type: Reconciling, status: "False"}, {type: Stalled, status: "False"}]}} | Healthy | Ready: all is well
                    {metadata: {generation: 2}, status: {observedGeneration: 2, conditions: [{type: Ready, status: "False"}]}} | Progressing | 'Ready: '
                    {metadata: {generation: 3, deletionTimestamp: "2026-11-24T12:00:00Z"}, status: {observedGeneration: 3, conditions: [{type: Ready, status: "True", reason: Ready}]}} | Progressing | Waiting for the KafkaFlink operator to take the pipeline down
                    {metadata: {generation: 3, deletionTimestamp: "2026-11-24T12:00:00Z"}, status: {observedGeneration: 3, conditions: [{type: Ready, status: "False", reason: Deleting, message: the savepoint is awaited}, {type: Reconciling, status: "True", reason: Deleting}]}} | Progressing | Deleting: the savepoint is awaited
                    """)
    @DisplayName("health: done only when the newest spec is, degraded only when a person must act")
    void health(String object, String status, String message) {
        JsonNode health = run("health.lua", yaml(object));

        assertThat(health.path("status").asText()).isEqualTo(status);
        assertThat(health.path("message").asText()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {metadata: {name: a}} | new-uids suspend
                    {metadata: {annotations: {kafkaflink.io/suspend: "true"}}} | new-uids resume
                    {metadata: {}, status: {conditions: [{type: Stalled, status: "True"}]}} | new-uids retry suspend
                    {metadata: {}, status: {conditions: [{type: Upgrading, status: "True"}, {type: Stalled, status: "False"}]}} | rollback suspend
                    """)
    @DisplayName("actions: those that make sense are offered")
    void offered(String object, String actions) {
        JsonNode discovered = run("actions/discovery.lua", yaml(object));

        assertThat(discovered.properties()).extracting(Map.Entry::getKey).containsExactlyInAnyOrderElementsOf(ACTIONS);
        assertThat(discovered.properties().stream()
                        .filter(action -> !action.getValue().path("disabled").asBoolean())
                        .map(Map.Entry::getKey)
                        .toList())
                .containsExactlyInAnyOrder(actions.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "suspend, kafkaflink.io/suspend, true",
        "resume, kafkaflink.io/suspend, ",
        "retry, kafkaflink.io/request, retry/20261124T120000Z",
        "new-uids, kafkaflink.io/request, new-uids/20261124T120000Z",
        "rollback, kafkaflink.io/request, rollback/20261124T120000Z"
    })
    @DisplayName("actions: one annotation changes and nothing that Git owns")
    void action(String name, String annotation, String value) {
        for (String text : List.of(
                "{metadata: {name: a, generation: 3}, spec: {suspend: false}}",
                "{metadata: {annotations: {team: x, kafkaflink.io/suspend: \"true\"}}, spec: {suspend: false}}")) {
            ObjectNode object = yaml(text);
            ObjectNode expected = object.deepCopy();
            ObjectNode annotations = ((ObjectNode) expected.get("metadata")).withObjectProperty("annotations");
            if (value == null) {
                annotations.remove(annotation);
            } else {
                annotations.put(annotation, value);
            }

            assertThat(run("actions/" + name + ".lua", object)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("argocd-cm.yaml holds these scripts, as a patch of Argo CD's ConfigMap")
    void patch() {
        StringBuilder text = new StringBuilder("# Written by the tests of e2e/install from the scripts beside it:\n"
                + "#   kubectl -n argocd patch configmap argocd-cm --patch-file k8s/argocd/argocd-cm.yaml\n"
                + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\n  namespace: argocd\n"
                + "  labels:\n    app.kubernetes.io/name: argocd-cm\n    app.kubernetes.io/part-of: argocd\ndata:\n");
        text.append("  resource.customizations.health.kafkaflink.io_KafkaFlinkPipeline: |\n")
                .append(indented(4, "health.lua"))
                .append("  resource.customizations.actions.kafkaflink.io_KafkaFlinkPipeline: |\n")
                .append("    discovery.lua: |\n")
                .append(indented(6, "actions/discovery.lua"))
                .append("    definitions:\n");
        for (String action : ACTIONS) {
            text.append("    - name: ").append(action).append("\n      action.lua: |\n");
            text.append(indented(8, "actions/" + action + ".lua"));
        }
        Golden.assertMatches(ARGO.resolve("argocd-cm.yaml"), text.toString());

        JsonNode data = Repository.tree(ARGO.resolve("argocd-cm.yaml")).path("data");
        assertThat(data.path("resource.customizations.health.kafkaflink.io_KafkaFlinkPipeline")
                        .asText())
                .isEqualTo(Repository.text(ARGO.resolve("health.lua")));
        JsonNode actions = yaml(data.path("resource.customizations.actions.kafkaflink.io_KafkaFlinkPipeline")
                .asText());
        assertThat(actions.at("/definitions/2/action.lua").asText())
                .isEqualTo(Repository.text(ARGO.resolve("actions/retry.lua")));
        assertThat(Repository.files(ARGO, ".lua")).hasSize(ACTIONS.size() + 2);
    }

    @Test
    @DisplayName("the sandbox of these tests has what Argo CD has, and no more")
    void sandbox() {
        assertThat(new ArgoScript("local t = {} table.insert(t, obj.a) return t", Instant.EPOCH).run(yaml("{a: 1}")))
                .hasToString("[1]");
        for (String forbidden :
                List.of("string.len('a')", "io.open('a')", "('a'):len()", "os.exit(1)", "dofile('a')")) {
            assertThatThrownBy(() -> new ArgoScript("return " + forbidden, Instant.EPOCH).run(yaml("{}")))
                    .as(forbidden)
                    .isInstanceOf(org.luaj.vm2.LuaError.class);
        }
    }

    private static JsonNode run(String script, JsonNode object) {
        return new ArgoScript(Repository.text(ARGO.resolve(script)), Instant.parse("2026-11-24T12:00:00Z")).run(object);
    }

    private static ObjectNode yaml(String text) {
        return (ObjectNode) Repository.documents(text).get(0);
    }

    private static String indented(int spaces, String script) {
        return Repository.text(ARGO.resolve(script)).indent(spaces);
    }
}
