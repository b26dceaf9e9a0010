package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kafkaflink.kubeapi.GoTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of Helm that people use, each built from the Go module that its go.mod pins. */
enum Helm {
    V3("helm3", Map.of("pkg/chartutil.k8sVersionMajor", "1", "pkg/chartutil.k8sVersionMinor", "34")),
    V4("helm4", Map.of("pkg/chart/common.k8sVersionMajor", "1", "pkg/chart/common.k8sVersionMinor", "34"));

    private static final Pattern REQUIRED = Pattern.compile("(helm\\.sh/helm/v\\d) v(\\S+)");

    private final Path module;
    private final Map<String, String> variables;
    private GoTool.Result built;

    Helm(String module, Map<String, String> variables) {
        this.module = Path.of(module);
        this.variables = variables;
    }

    /** Runs Helm without a cluster; its own files stay in a folder of the build. */
    Command command() {
        return command(Map.of());
    }

    Command command(Map<String, String> environment) {
        Path home = Path.of("target", name()).toAbsolutePath();
        Map<String, String> all = new TreeMap<>(environment);
        all.put("HELM_CACHE_HOME", home.resolve("cache").toString());
        all.put("HELM_CONFIG_HOME", home.resolve("config").toString());
        all.put("HELM_DATA_HOME", home.resolve("data").toString());
        all.putIfAbsent("KUBECONFIG", home.resolve("none").toString());
        return new Command(List.of(program().toString()), all);
    }

    /** The chart rendered with a file of values, one document an object. */
    String template(String release, Path chart, Path values) throws IOException, InterruptedException {
        return command()
                .run("template", release, chart.toString(), "--namespace", "kafkaflink", "--values", values.toString())
                .orFail()
                .out();
    }

    private synchronized Path program() {
        if (built == null) {
            built = tool().prepare(module);
        }
        if (built instanceof GoTool.Available available) {
            return available.program();
        }
        return abort(((GoTool.Unavailable) built).reason());
    }

    private GoTool tool() {
        Matcher required = REQUIRED.matcher(Repository.text(module.resolve("go.mod")));
        assertThat(required.find()).as("%s/go.mod requires Helm", module).isTrue();
        String path = required.group(1);
        Map<String, String> qualified = new TreeMap<>();
        variables.forEach((name, value) -> qualified.put(path + "/" + name, value));
        qualified.put(path + "/internal/version.version", "v" + required.group(2));
        return new GoTool("helm", required.group(2), path + "/cmd/helm", qualified);
    }
}
