package io.kafkaflink.job;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The arguments of the job.
 *
 * @param config the mounted job configuration
 * @param configHash SHA-256 of that file, 64 lower-case hex digits
 */
record JobOptions(Path config, String configHash, Mode mode) {
    private static final String CONFIG = "--config";
    private static final String HASH = "--config-hash";
    private static final String MODE = "--mode";
    private static final Set<String> KNOWN = Set.of(CONFIG, HASH, MODE);
    private static final String USAGE =
            "; expected --config <file> --config-hash <sha256 of the file> [--mode run|plan]";

    /** What to do with the stream graph. */
    enum Mode {
        RUN,
        PLAN
    }

    static JobOptions parse(String... arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!KNOWN.contains(arguments[i])) {
                throw new JobRefused("Argument '" + arguments[i] + "' is unknown" + USAGE);
            }
            if (i + 1 == arguments.length) {
                throw new JobRefused("Argument " + arguments[i] + " has no value" + USAGE);
            }
            if (options.put(arguments[i], arguments[i + 1]) != null) {
                throw new JobRefused("Argument " + arguments[i] + " is given twice" + USAGE);
            }
        }
        return new JobOptions(path(required(options, CONFIG)), hash(required(options, HASH)), mode(options.get(MODE)));
    }

    private static String required(Map<String, String> options, String name) {
        if (!options.containsKey(name)) {
            throw new JobRefused("Argument " + name + " is missing" + USAGE);
        }
        return options.get(name);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new JobRefused("Argument --config: found '" + text + "', which is no path" + USAGE);
        }
    }

    private static String hash(String text) {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new JobRefused("Argument --config-hash: found '" + text + "', expected 64 lower-case hex digits");
        }
        return text;
    }

    private static Mode mode(String text) {
        if (text == null) {
            return Mode.RUN;
        }
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new JobRefused("Argument --mode: found '" + text + "', expected "
                        + Arrays.stream(Mode.values())
                                .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))));
    }
}
