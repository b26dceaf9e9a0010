package io.kafkaflink.monitoring;

import static org.junit.jupiter.api.Assumptions.abort;

import io.kafkaflink.kubeapi.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
public enum Prometheus {
    PROMETHEUS,
    PROMTOOL;

    private static final String PATH = "github.com/prometheus/prometheus";
    private static final Pattern REQUIRED = Pattern.compile(Pattern.quote(PATH) + " v0\\.(\\d)(\\d\\d)\\.(\\d+)");

    private GoTool.Result built;

    /** The program's file; a test that asks where it cannot be built is skipped with the reason. */
    public synchronized Path program() {
        if (built == null) {
            Path module = ChartFiles.checkout().resolve("e2e/monitoring/prometheus");
            built = tool(module).prepare(module);
        }
        if (built instanceof GoTool.Available available) {
            return available.program();
        }
        return abort(((GoTool.Unavailable) built).reason());
    }

    /** Version 3.16.0 is that of the module v0.316.0. */
    private GoTool tool(Path module) {
        Path required = module.resolve("go.mod");
        Matcher found = REQUIRED.matcher(text(required));
        if (!found.find()) {
            throw new IllegalStateException(required + " does not require Prometheus");
        }
        String version = found.group(1) + "." + Integer.parseInt(found.group(2)) + "." + found.group(3);
        String name = name().toLowerCase(Locale.ROOT);
        return new GoTool(
                name,
                version,
                PATH + "/cmd/" + name,
                Map.of("github.com/prometheus/common/version.Version", version),
                List.of("remove_all_sd"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
