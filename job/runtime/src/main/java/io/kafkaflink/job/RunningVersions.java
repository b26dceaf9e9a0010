package io.kafkaflink.job;

import io.kafkaflink.model.JobConfiguration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * The versions that are really on the class path.
 *
 * @param flink as in {@code 2.2.1}
 * @param connector artifact version of the Kafka connector, as in {@code 5.0.0-2.2}
 */
record RunningVersions(String flink, String connector) {

    /** The connector's version stands in the manifest of its jar, and for its packages in the manifest of ours. */
    static RunningVersions detect() {
        String connector = KafkaSource.class.getPackage().getImplementationVersion();
        return new RunningVersions(EnvironmentInformation.getVersion(), connector == null ? "unknown" : connector);
    }

    /** An image or a jar of another line would run with other defaults, or restore state of another shape. */
    void require(JobConfiguration configuration) {
        String line = configuration.flinkVersion().substring(1).replace('_', '.');
        if (!flink.startsWith(line + ".")) {
            throw new JobRefused("Job configuration flinkVersion: found " + configuration.flinkVersion()
                    + ", but Flink " + flink + " is running; use an image of Flink " + line);
        }
        if (!connector.equals(configuration.connectorVersion())
                && !connector.startsWith(configuration.connectorVersion() + "-")) {
            throw new JobRefused("Job configuration connectorVersion: found " + configuration.connectorVersion()
                    + ", but the Kafka connector " + connector + " is on the class path; use an image with the job jar"
                    + " of connector " + configuration.connectorVersion());
        }
    }
}
