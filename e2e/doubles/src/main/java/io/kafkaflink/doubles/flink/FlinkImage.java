package io.kafkaflink.doubles.flink;

import java.nio.file.Path;

/**
 * What an image name stands for on this machine.
 *
 * @param distribution folder of Flink's jars as {@link io.kafkaflink.processes.Distribution#locate} knows it
 * @param flinkVersion for status, for example {@code 2.2.1}
 * @param jobJar the jar that lies in {@code /opt/flink/usrlib} of the image
 */
public record FlinkImage(String distribution, String flinkVersion, Path jobJar) {}
