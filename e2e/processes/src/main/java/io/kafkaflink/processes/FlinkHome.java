package io.kafkaflink.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder laid out like {@code /opt/flink} of an image: {@code conf}, {@code usrlib}, and for one machine
 * {@code log} and {@code tmp}.
 *
 * @param folder absolute
 * @param libraries folder of Flink's own jars, shared by all homes
 */
record FlinkHome(Path folder, Path libraries) {
    private static final String LOGGING = """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = Console
            appender.console.type = Console
            appender.console.name = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n
            logger.pekko.name = org.apache.pekko
            logger.pekko.level = WARN
            logger.kafka.name = org.apache.kafka
            logger.kafka.level = ${sys:kafka.log.level:-WARN}
            """;

    /**
     * Writes the configuration and puts the job jar into its place.
     *
     * @throws UncheckedIOException when a file cannot be written, for example because the job jar is missing
     */
    void lay(SortedMap<String, String> configuration, Path jobJar) {
        try {
            for (Path each :
                    new Path[] {conf(), lib(), usrlib(), temp(), folder.resolve("log"), folder.resolve("plugins")}) {
                Files.createDirectories(each);
            }
            Files.copy(jobJar, usrlib().resolve("pipeline-job.jar"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(conf().resolve("config.yaml"), FlinkConfiguration.yaml(configuration));
            Files.writeString(logging(), LOGGING);
        } catch (IOException e) {
            throw new UncheckedIOException("The Flink home " + folder + " cannot be made", e);
        }
    }

    /** The variables that tell Flink's processes where things are, as its images set them. */
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> variables = new TreeMap<>(more);
        variables.put("FLINK_CONF_DIR", conf().toString());
        variables.put("FLINK_LIB_DIR", lib().toString());
        variables.put("FLINK_PLUGINS_DIR", folder.resolve("plugins").toString());
        // Fewer heaps of the C library: 40 to 100 MiB less resident memory for each process.
        variables.putIfAbsent("MALLOC_ARENA_MAX", "2");
        return variables;
    }

    Path conf() {
        return folder.resolve("conf");
    }

    /** Empty: Flink only looks for {@code usrlib} beside it. */
    Path lib() {
        return folder.resolve("lib");
    }

    Path usrlib() {
        return folder.resolve("usrlib");
    }

    Path temp() {
        return folder.resolve("tmp");
    }

    Path logging() {
        return conf().resolve("log4j-console.properties");
    }

    Path log(String process) {
        return folder.resolve("log").resolve(process + ".log");
    }
}
