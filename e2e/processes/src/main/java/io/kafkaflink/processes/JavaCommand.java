package io.kafkaflink.processes;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A child JVM, run by the same Java as this process.
 *
 * @param name what people call it; used in messages
 * @param classPath jars, folders of classes, or {@code folder/*} for all jars of a folder
 * @param jvmOptions for example {@code -Xmx256m}
 * @param mainClass fully qualified
 * @param arguments of the main class
 * @param environment variables added to those of this process
 * @param directory working folder; heap dumps and error files of the JVM land here
 * @param log file that output and errors are appended to
 */
public record JavaCommand(
        String name,
        List<String> classPath,
        List<String> jvmOptions,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        Path directory,
        Path log) {

    /** The command line for the operating system. */
    public Command command() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(String.join(File.pathSeparator, classPath));
        line.add(mainClass);
        line.addAll(arguments);
        return new Command(name, line, environment, directory, log);
    }
}
