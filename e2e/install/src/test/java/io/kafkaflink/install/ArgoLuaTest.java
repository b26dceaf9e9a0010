package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts run by the Lua that Argo CD itself has. */
class ArgoLuaTest {
    private static final String REQUEST = "/metadata/annotations/kafkaflink.io~1request";
    private static final DateTimeFormatter TOKEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Test
    @DisplayName("every script returns for every recorded pipeline what it returns in LuaJ")
    void same() throws IOException, InterruptedException {
        List<Path> scripts = Repository.files(Repository.ROOT.resolve("k8s/argocd"), ".lua");
        List<JsonNode> pipelines = pipelines();
        Instant before = Instant.now();

        List<Verdicts> verdicts = Verdicts.of(pipelines, scripts.toArray(Path[]::new));

        Instant after = Instant.now();
        assertThat(scripts).hasSize(7);
        for (int i = 0; i < pipelines.size(); i++) {
            for (int script = 0; script < scripts.size(); script++) {
                JsonNode own = verdicts.get(i).value(script);
                JsonNode expected = new ArgoScript(Repository.text(scripts.get(script)), made(own, before, after))
                        .run(pipelines.get(i));
                assertThat(own)
                        .as("%s for %s", scripts.get(script), pipelines.get(i))
                        .isEqualTo(expected);
            }
        }
    }

    /** When a script made the request that stands in its result; now where it made none. */
    private static Instant made(JsonNode result, Instant before, Instant after) {
        String request = result.at(REQUEST).asText();
        if (request.isEmpty()) {
            return after;
        }
        Instant made = TOKEN.parse(request.substring(request.indexOf('/') + 1), Instant::from);
        assertThat(made).isBetween(before.minus(Duration.ofSeconds(1)), after);
        return made;
    }

    private static List<JsonNode> pipelines() {
        List<JsonNode> pipelines = new ArrayList<>();
        for (Path file : VerdictsTest.recorded()) {
            pipelines.addAll(Repository.lines(Repository.text(file)));
        }
        ObjectNode annotated = pipelines.get(0).deepCopy();
        annotated
                .withObject("/metadata")
                .withObjectProperty("annotations")
                .put("team", "x")
                .put("kafkaflink.io/suspend", "true");
        pipelines.add(annotated);
        return pipelines;
    }

    @Test
    @DisplayName("there are no libraries but those that Argo CD gives")
    void sandbox(@TempDir Path folder) throws IOException, InterruptedException {
        List<Path> scripts = new ArrayList<>();
        for (String text : List.of(
                "local t = {} table.insert(t, obj.a) return t",
                "return string.len('a')",
                "return io.open('a')",
                "return ('a'):len()",
                "return os.exit(1)",
                "return require('os').exit(1)",
                "while true do end")) {
            scripts.add(Files.writeString(folder.resolve(scripts.size() + ".lua"), text));
        }
        JsonNode object = Repository.documents("{apiVersion: a/v1, kind: B, metadata: {name: c}, a: 1}")
                .get(0);

        Verdicts verdicts =
                Verdicts.of(List.of(object), scripts.toArray(Path[]::new)).get(0);

        assertThat(verdicts.value(0)).hasToString("[1]");
        assertThat(Stream.iterate(1, script -> script + 1).limit(6)).allSatisfy(script -> assertThat(
                        verdicts.scripts().get(script).path("error").asText())
                .isNotEmpty());
    }
}
