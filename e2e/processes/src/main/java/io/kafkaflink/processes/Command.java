package io.kafkaflink.processes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is needed to start a child process.
 *
 * @param name what people call it; used in messages
 * @param line program and arguments, one element each (no shell, so spaces are harmless)
 * @param environment variables added to those of this process
 * @param directory working folder; made when it is missing
 * @param log file that output and errors are appended to
 */
public record Command(String name, List<String> line, Map<String, String> environment, Path directory, Path log) {
    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }
}
