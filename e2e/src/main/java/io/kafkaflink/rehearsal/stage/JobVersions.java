package io.kafkaflink.rehearsal.stage;

/**
 * A pair of Flink line and Kafka connector.
 *
 * @param line as in {@code 2.2}
 * @param connector as in {@code 5.0.0}
 */
public record JobVersions(String line, String connector) {
    /** As {@code spec.flink.flinkVersion} spells it: {@code v2_2}. */
    public String flinkVersion() {
        return "v" + line.replace('.', '_');
    }

    /** Name of the image, and with {@code pipeline-job-} before it of the job jar. */
    String name() {
        return line + "-" + connector;
    }

    /** Folder of Flink's jars. */
    String distribution() {
        return "flink-" + line;
    }

    /** As in {@code 2.2/5.0.0}. */
    @Override
    public String toString() {
        return line + "/" + connector;
    }
}
