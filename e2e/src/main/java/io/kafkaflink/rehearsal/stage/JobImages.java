package io.kafkaflink.rehearsal.stage;

import io.kafkaflink.doubles.flink.FlinkImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images that can be pulled: one for each job jar beside the rehearsal's, on the Flink of its line.
 *
 * @param pairs images that the operator is told of
 * @param others images that only a pipeline can name
 */
public record JobImages(Map<JobVersions, FlinkImage> pairs, Map<String, FlinkImage> others) {
    private static final Pattern JAR = Pattern.compile("pipeline-job-([0-9.]+)-([0-9.]+)\\.jar");
    private static final Pattern DISTRIBUTION = Pattern.compile("flink-runtime-([0-9.]+)\\.jar");
    private static final String NAME = "kafkaflink-job:";

    public JobImages {
        pairs = Map.copyOf(pairs);
        others = Map.copyOf(others);
    }

    /** Those that this build has made; a jar whose Flink was not built has none. */
    public static JobImages of(Installation installation) {
        Map<JobVersions, FlinkImage> pairs = new HashMap<>();
        for (Path jar : files(installation.dist().resolve("job"))) {
            Matcher name = JAR.matcher(jar.getFileName().toString());
            if (name.matches()) {
                JobVersions versions = new JobVersions(name.group(1), name.group(2));
                files(installation.dist().resolve(versions.distribution()).resolve("lib")).stream()
                        .map(file -> DISTRIBUTION.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .findFirst()
                        .ifPresent(flink ->
                                pairs.put(versions, new FlinkImage(versions.distribution(), flink.group(1), jar)));
            }
        }
        return new JobImages(pairs, Map.of());
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** With one more image that only a pipeline can name. */
    public JobImages with(String name, FlinkImage image) {
        Map<String, FlinkImage> more = new TreeMap<>(others);
        more.put(name, image);
        return new JobImages(pairs, more);
    }

    /** Name of the image of a pair. */
    public static String name(JobVersions versions) {
        return NAME + versions.name();
    }

    /** Whether there is an image of this pair. */
    public boolean has(JobVersions versions) {
        return pairs.containsKey(versions);
    }

    /** What the operator is told: {@code 2.2/5.0.0=kafkaflink-job:2.2-5.0.0}, comma-separated. */
    String setting() {
        return pairs.keySet().stream()
                .map(versions -> versions + "=" + name(versions))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** All of them by name. */
    Map<String, FlinkImage> byName() {
        Map<String, FlinkImage> all = new TreeMap<>(others);
        pairs.forEach((versions, image) -> all.put(name(versions), image));
        return all;
    }
}
