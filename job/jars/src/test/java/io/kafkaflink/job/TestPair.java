package io.kafkaflink.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pair of Flink and Kafka connector that this build of the tests is about. */
public final class TestPair {
    /** As in {@code 2.2}. */
    public static final String LINE = property("pair.line");

    /** Code version of the connector, as in {@code 5.0.0}. */
    public static final String CONNECTOR = property("pair.connector");

    /** As job configurations spell the line, as in {@code v2_2}. */
    public static final String FLINK_VERSION = "v" + LINE.replace('.', '_');

    /** Folder of jars of a whole Flink ({@code FlinkClusterSpec}). */
    public static final String DISTRIBUTION = "flink-" + LINE;

    public static final Path JAR = jar(LINE, CONNECTOR);

    private TestPair() {}

    static Path jar(String line, String connector) {
        return Path.of("../target/pipeline-job-" + line + "-" + connector + ".jar")
                .toAbsolutePath()
                .normalize();
    }

    /** A job configuration with every kind of step and sink, for this pair. */
    static String clickstream() throws IOException {
        return Files.readString(Path.of("../src/test/resources/clickstream.yaml"))
                .replace("flinkVersion: v2_2", "flinkVersion: " + FLINK_VERSION)
                .replace("connectorVersion: 5.0.0", "connectorVersion: " + CONNECTOR);
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException(
                    "System property " + name + " is not set; run the tests with Maven in job/jars/<pair>");
        }
        return value;
    }
}
