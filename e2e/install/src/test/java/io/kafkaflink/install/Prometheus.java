package io.kafkaflink.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kafkaflink.kubeapi.GoTool;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of Prometheus, built from the Go module that prometheus/go.mod pins, without the many ways to discover
 * targets: together 2 minutes on 2 cores the first time.
 */
enum Prometheus {
    PROMETHEUS,
    PROMTOOL;

    private static final Path MODULE = Path.of("prometheus");
    private static final String PATH = "github.com/prometheus/prometheus";
    private static final Pattern REQUIRED = Pattern.compile(Pattern.quote(PATH) + " v0\\.(\\d)(\\d\\d)\\.(\\d+)");

    private GoTool.Result built;

    Command command() {
        return new Command(List.of(program().toString()), Map.of());
    }

    synchronized Path program() {
        if (built == null) {
            built = tool().prepare(MODULE);
        }
        if (built instanceof GoTool.Available available) {
            return available.program();
        }
        return abort(((GoTool.Unavailable) built).reason());
    }

    /** Version 3.16.0 is that of the module v0.316.0. */
    private GoTool tool() {
        Matcher required = REQUIRED.matcher(Repository.text(MODULE.resolve("go.mod")));
        assertThat(required.find()).as("%s/go.mod requires Prometheus", MODULE).isTrue();
        String version = required.group(1) + "." + Integer.parseInt(required.group(2)) + "." + required.group(3);
        String name = name().toLowerCase(Locale.ROOT);
        return new GoTool(
                name,
                version,
                PATH + "/cmd/" + name,
                Map.of("github.com/prometheus/common/version.Version", version),
                List.of("remove_all_sd"));
    }
}
