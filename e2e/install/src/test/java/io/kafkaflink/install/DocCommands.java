package io.kafkaflink.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The commands of a page, run by the shell as a reader would. What needs a node (logs, exec, port-forward, rollout, waiting
 * for somebody else's work) is asked for by {@code kubectl get} instead: the object that it names has to be there.
 *
 * @param folder gets the {@code kubectl} that does so
 */
record DocCommands(Path folder, Map<String, String> environment) {
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```");

    /** In front of the real one on the path. */
    private static final String KUBECTL = """
            #!/usr/bin/env bash
            # Takes global options apart from the verb, as kubectl does.
            set -euo pipefail
            global=()
            while [ $# -gt 0 ]; do
              case $1 in
                -n|--namespace|--context) global+=("$1" "$2"); shift 2 ;;
                -*) global+=("$1"); shift ;;
                *) break ;;
              esac
            done
            verb=$1; shift
            objects=()
            for word in "$@"; do
              case $word in
                --) break ;;
                -*|undo|restart|status) ;;
                [0-9]*) ;;
                *) objects+=("$word") ;;
              esac
            done
            case $verb in
              logs|exec|port-forward|wait) exec "$REAL_KUBECTL" "${global[@]}" get "${objects[0]}" ;;
              rollout) exec "$REAL_KUBECTL" "${global[@]}" get "${objects[0]}" ;;
              *) exec "$REAL_KUBECTL" "${global[@]}" "$verb" "$@" ;;
            esac
            """;

    static DocCommands in(Path folder, Map<String, String> environment) throws IOException {
        executable(folder.resolve("kubectl"), KUBECTL);
        // Nothing answers at a port that is not forwarded, and Helm has tests of its own.
        executable(folder.resolve("curl"), "#!/bin/sh\nexit 0\n");
        executable(folder.resolve("helm"), "#!/bin/sh\nexit 0\n");
        return new DocCommands(folder, environment);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Blocks of shell commands of a page, in its order. */
    static List<String> blocks(Path page) {
        return SHELL.matcher(Repository.text(page))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Runs a block from the repository's root, nothing of it in the background; any command that fails ends it. */
    Command.Outcome run(String block) throws IOException, InterruptedException {
        String script = "set -euo pipefail\nkill() { :; }\ncd \"$REPOSITORY\"\n" + block.replaceAll("(?m) &$", "");
        return new Command(List.of("bash", "-c", script), environment).run();
    }
}
