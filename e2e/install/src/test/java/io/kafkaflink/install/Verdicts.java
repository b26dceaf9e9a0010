package io.kafkaflink.install;

import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.kafkaflink.kubeapi.GoTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the real kstatus says of an object, and what scripts return in the Lua that Argo CD has. */
record Verdicts(String kstatus, List<JsonNode> scripts) {
    private static final Path MODULE = Path.of("verdicts");

    /** One for each object, of the program in {@code e2e/install/verdicts}; aborts the test where it cannot be built. */
    static List<Verdicts> of(List<JsonNode> objects, Path... scripts) throws IOException, InterruptedException {
        GoTool.Result built = GoTool.ofSource("verdicts", MODULE).prepare(MODULE);
        if (!(built instanceof GoTool.Available available)) {
            return abort(((GoTool.Unavailable) built).reason());
        }
        List<String> command = new ArrayList<>(List.of(available.program().toString()));
        for (Path script : scripts) {
            command.add(script.toString());
        }
        String lines = objects.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        String out = new Command(command, Map.of()).runWith(lines).orFail().out();
        return Repository.lines(out).stream().map(Verdicts::parsed).toList();
    }

    private static Verdicts parsed(JsonNode line) {
        List<JsonNode> scripts = new ArrayList<>();
        line.path("scripts").forEach(scripts::add);
        return new Verdicts(line.at("/kstatus/Status").asText(), scripts);
    }

    /** What a script returned; empty when it failed. */
    JsonNode value(int script) {
        return scripts.get(script).path("value");
    }
}
