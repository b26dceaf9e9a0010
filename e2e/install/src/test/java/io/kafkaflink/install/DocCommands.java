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
              logs|exec|port-forward)
                case ${objects[0]} in */*) ;; *) objects[0]=pod/${objects[0]} ;; esac
                exec "$REAL_KUBECTL" "${global[@]}" get "${objects[0]}" ;;
              wait|rollout) exec "$REAL_KUBECTL" "${global[@]}" get "${objects[0]}" ;;
              get) [ "${*: -1}" != --watch ] || set -- "${@:1:$#-1}" ;;
            esac
            exec "$REAL_KUBECTL" "${global[@]}" "$verb" "$@"
            """;

    /** The real one. It waits for no pods, which no node starts, and a chart of somebody else's is a small one here. */
    private static final String HELM = """
            #!/usr/bin/env bash
            set -euo pipefail
            words=()
            for word in "$@"; do
              case $word in
                --wait) ;;
                oci://*|https://*) words+=("$SMALL_CHART") ;;
                *) words+=("$word") ;;
              esac
            done
            exec "$REAL_HELM" "${words[@]}"
            """;

    /** What make images writes is what kind loads; there is no container runtime to try it with. */
    private static final String KIND = """
            #!/usr/bin/env bash
            case "$*" in
              "create cluster --name "*|"delete cluster --name "*) ;;
              "load image-archive k8s/images/target/images/kafkaflink-operator-1.tar --name "*) ;;
              "load image-archive k8s/images/target/images/kafkaflink-job-1-2.2-5.0.0.tar --name "*) ;;
              *) echo "kind $* is no command that is known here" >&2; exit 1 ;;
            esac
            """;

    /** Needs Flink's jars and a job; PackedJobIT runs the job. Here: the class is there, and so are its options. */
    private static final String JAVA = """
            #!/usr/bin/env bash
            set -euo pipefail
            test -f "job/runtime/src/main/java/$(tr . / <<< "$3").java"
            for option in --config --config-hash --mode; do
              case " $* " in *" $option "*) grep -rqF -- "\"$option\"" job/runtime/src/main/java ;; esac
            done
            """;

    /**
     * For pages that install things: with a real Helm, and what {@code make} would do.
     *
     * @param environment names the real programs too: {@code REAL_KUBECTL}, {@code REAL_HELM} and {@code SMALL_CHART}
     */
    static DocCommands installing(Path folder, Map<String, String> environment) throws IOException {
        executable(folder.resolve("kubectl"), KUBECTL);
        executable(folder.resolve("helm"), HELM);
        executable(folder.resolve("kind"), KIND);
        executable(folder.resolve("java"), JAVA);
        executable(folder.resolve("make"), "#!/bin/sh\nexec /usr/bin/env -i PATH=/usr/bin:/bin make -n \"$@\"\n");
        executable(folder.resolve("sha256sum"), "#!/bin/sh\nprintf '%064d  %s\\n' 0 \"$1\"\n");
        return new DocCommands(folder, environment);
    }

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
