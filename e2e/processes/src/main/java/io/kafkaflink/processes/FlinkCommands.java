package io.kafkaflink.processes;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command lines of a cluster's JobManager and TaskManagers. */
record FlinkCommands(FlinkClusterSpec spec, FlinkHome home) {
    /** What {@code env.java.opts.all} of Flink's stock configuration opens for Java 17 and later. */
    private static final List<String> MODULE_OPTIONS = Stream.concat(
                    Stream.of(
                                    "java.base/sun.net.util",
                                    "java.rmi/sun.rmi.registry",
                                    "jdk.compiler/com.sun.tools.javac.api",
                                    "jdk.compiler/com.sun.tools.javac.file",
                                    "jdk.compiler/com.sun.tools.javac.parser",
                                    "jdk.compiler/com.sun.tools.javac.tree",
                                    "jdk.compiler/com.sun.tools.javac.util",
                                    "java.security.jgss/sun.security.krb5")
                            .map(name -> "--add-exports=" + name + "=ALL-UNNAMED"),
                    Stream.of(
                                    "java.lang",
                                    "java.net",
                                    "java.io",
                                    "java.nio",
                                    "sun.nio.ch",
                                    "java.lang.reflect",
                                    "java.text",
                                    "java.time",
                                    "java.util",
                                    "java.util.concurrent",
                                    "java.util.concurrent.atomic",
                                    "java.util.concurrent.locks")
                            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED"))
            .toList();

    JavaCommand jobManager() {
        FlinkJob job = spec.job();
        List<String> arguments = new ArrayList<>(List.of(
                "--configDir", home.conf().toString(), "--job-classname", job.entryClass(), "--job-id", job.id()));
        job.restoreFrom().ifPresent(restore -> {
            arguments.addAll(List.of("--fromSavepoint", restore.location()));
            if (restore.allowNonRestoredState()) {
                arguments.add("--allowNonRestoredState");
            }
        });
        // Without the separator "--config" of the job would be taken for the beginning of "--configDir".
        arguments.add("--");
        arguments.addAll(job.arguments());
        return java(
                "jobmanager",
                "jobmanager",
                List.of("-Xmx" + spec.memory().jobManagerHeap() + "m", "-XX:MaxDirectMemorySize=64m"),
                "org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint",
                arguments);
    }

    /** @param number from 1, never used again: a pod that replaces a lost one has a new name too */
    JavaCommand taskManager(int number) {
        String resourceId = spec.name() + "-taskmanager-" + number;
        return java(
                "taskmanager",
                "taskmanager-" + number,
                List.of(
                        "-Xmx" + spec.memory().taskManagerHeap() + "m",
                        "-XX:MaxDirectMemorySize=" + spec.memory().taskManagerDirect() + "m"),
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                List.of("--configDir", home.conf().toString(), "-D", "taskmanager.resource-id=" + resourceId));
    }

    private JavaCommand java(
            String role, String process, List<String> memory, String mainClass, List<String> arguments) {
        List<String> options = new ArrayList<>(memory);
        options.addAll(MODULE_OPTIONS);
        options.add("-XX:MaxMetaspaceSize=" + FlinkMemory.METASPACE + "m");
        options.add("-XX:+UseSerialGC");
        // The first compiler only: a start takes 40 % less CPU time. Left to the configuration where speed counts.
        options.add("-XX:TieredStopAtLevel=1");
        options.add("-XX:+ExitOnOutOfMemoryError");
        options.add("-Djava.net.preferIPv4Stack=true");
        options.add("-Djava.io.tmpdir=" + home.temp());
        options.add("-Dlog.file=" + home.log(process));
        options.add("-Dlog4j.configurationFile=" + home.logging().toUri());
        options.addAll(configuredOptions("all"));
        options.addAll(configuredOptions(role));
        return new JavaCommand(
                spec.name() + " " + process,
                List.of(home.libraries() + "/*"),
                options,
                mainClass,
                arguments,
                home.environment(spec.environment()),
                home.temp(),
                home.log(process));
    }

    /** {@code env.java.opts.*}, which Flink's scripts put on the command line: last, so that they win. */
    private List<String> configuredOptions(String role) {
        String options = spec.configuration().getOrDefault("env.java.opts." + role, "");
        return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
    }
}
